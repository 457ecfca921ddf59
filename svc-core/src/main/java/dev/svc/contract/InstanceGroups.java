package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tree of groups below our root group: `network/ssh:default` is an instance group, `network/ssh:default/17` a contract.
///
/// No part of a service's name can be a file that the kernel puts into a group: those have a dot, which only a provider's name may have,
/// and then a comma follows.
record InstanceGroups(Cgroup root) {
    Cgroup of(InstanceFmri fmri) {
        return root.child(fmri.service() + ":" + fmri.instance());
    }

    Cgroup of(InstanceFmri fmri, ContractId contract) {
        return of(fmri).child(contract.toString());
    }

    /// All instance groups there are.
    Map<InstanceFmri, Cgroup> all() throws IOException {
        Map<InstanceFmri, Cgroup> groups = new HashMap<>();
        collect(root, groups);
        return groups;
    }

    private void collect(Cgroup group, Map<InstanceFmri, Cgroup> groups) throws IOException {
        for (Cgroup child : group.children()) {
            if (child.name().contains(":")) {
                fmri(child).ifPresent(fmri -> groups.put(fmri, child));
            } else {
                collect(child, groups);
            }
        }
    }

    private Optional<InstanceFmri> fmri(Cgroup group) {
        try {
            return Optional.of(InstanceFmri.parse("svc:/" + root.path().relativize(group.path())));
        } catch (InvalidFmriException _) {
            return Optional.empty();
        }
    }

    /// The contracts in an instance group.
    static List<ContractId> contracts(Cgroup instance) throws IOException {
        List<ContractId> contracts = new ArrayList<>();
        for (Cgroup child : instance.children()) {
            contract(child.name()).ifPresent(contracts::add);
        }
        return contracts;
    }

    /// The contract that a group of that name in an instance group is, if it is one.
    static Optional<ContractId> contract(String name) {
        return name.matches("[1-9][0-9]{0,17}") ? Optional.of(new ContractId(Long.parseLong(name))) : Optional.empty();
    }
}
