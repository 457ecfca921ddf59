package dev.svc.takeover;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Found.Reading;
import dev.svc.restarter.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is known of one instance from all sides.
///
/// @param enabled the repository's permanent setting, if it has one
record Facts(
        InstanceFmri fmri, Optional<Definition> definition, Optional<Boolean> enabled, Found found, Freshness freshness, Moment moment) {

    /// The model it is configured with; a daemon if nobody knows.
    ServiceModel model() {
        return definition.map(Definition::model).orElse(ServiceModel.CONTRACT);
    }

    /// Whether there was a label that cannot be read any more. A contract without any label is such a case too: a label is stored
    /// before the first contract is made.
    boolean labelIsLost() {
        return found.reading() == Reading.UNREADABLE || found.reading() == Reading.NONE && !found.contracts().isEmpty();
    }

    List<FoundContract> populated() {
        return found.contracts().stream().filter(FoundContract::populated).toList();
    }

    List<ContractId> existing() {
        return found.contracts().stream().filter(FoundContract::exists).map(FoundContract::id).toList();
    }

    /// The contract that a launcher may still be on its way to: the newest, if nobody was in it.
    Optional<ContractId> perhapsLaunching() {
        return found.contracts().stream()
                .max(Comparator.comparing(FoundContract::id))
                .filter(c -> c.exists() && c.exit().isEmpty())
                .map(FoundContract::id);
    }

    boolean isPopulated(ContractId contract) {
        return contract(contract).filter(FoundContract::populated).isPresent();
    }

    /// The exit record of the contract.
    Optional<WaitStatus> exit(ContractId contract) {
        return contract(contract).flatMap(FoundContract::exit);
    }

    /// Whether the contract has processes, all of which can be seen, and none is its launcher.
    boolean hasLostItsLauncher(ContractId contract) {
        return contract(contract).filter(c -> c.populated() && c.visible() && !c.launcher()).isPresent();
    }

    private Optional<FoundContract> contract(ContractId id) {
        return found.contracts().stream().filter(c -> c.id().equals(id)).findFirst();
    }
}
