package dev.svc.contract;

import dev.svc.posix.ProcessTable;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.ContractId;
import java.util.Optional;

/// What a process of a contract carries in its environment where there are no cgroups: `SVC_CONTRACT=17:/home/me/.local/state/svc`, the
/// contract and the root it is one of.
record Cookie(SvcRoot root) {
    static final String VARIABLE = "SVC_CONTRACT";

    String value(ContractId contract) {
        return contract + ":" + root.path();
    }

    /// The contract whose cookie a process carries.
    Optional<ContractId> carriedBy(long pid) {
        return ProcessTable.variable(pid, VARIABLE).flatMap(this::contract);
    }

    private Optional<ContractId> contract(String value) {
        int colon = value.indexOf(':');
        if (colon < 1 || !value.substring(0, colon).matches("[1-9][0-9]{0,17}") || !value.substring(colon + 1).equals(root.toString())) {
            return Optional.empty();
        }
        return Optional.of(new ContractId(Long.parseLong(value.substring(0, colon))));
    }
}
