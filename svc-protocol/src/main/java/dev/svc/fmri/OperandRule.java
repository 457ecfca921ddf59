package dev.svc.fmri;

import java.util.EnumSet;
import java.util.Set;

/// How a command takes its operands: which entities they may name, and how many. The rows are the commands' flag sets in SMF.
public enum OperandRule {
    /// `svcs` in all modes but `-D`: instances, any number.
    INSTANCES(EnumSet.of(Trait.MULTIPLE)),
    /// `svcadm`: instances, but an abbreviation must stand for one only.
    ADMINISTRATION(EnumSet.of(Trait.MULTIPLE, Trait.ABBREVIATION_FOR_ONE)),
    /// `svcs -D`, `svccfg delete` and `export`: services, preferred to their instances.
    SERVICES(EnumSet.of(Trait.MULTIPLE, Trait.SERVICES)),
    /// `svcprop`: services, instances, groups and properties; instances are preferred to their service.
    PROPERTIES(EnumSet.of(Trait.MULTIPLE, Trait.SERVICES, Trait.INSTANCES_FIRST, Trait.PROPERTIES)),
    /// `svcprop -w`: the same, but one only.
    ONE_ENTITY(EnumSet.of(Trait.SERVICES, Trait.INSTANCES_FIRST, Trait.PROPERTIES));

    enum Trait {
        /// An operand may stand for more than one entity.
        MULTIPLE,
        /// An abbreviation may not, though a glob or a service may.
        ABBREVIATION_FOR_ONE,
        /// An operand may stand for a service itself.
        SERVICES,
        /// A pattern that matches a service and instances of it stands for the instances.
        INSTANCES_FIRST,
        /// An operand may name a property group or a property.
        PROPERTIES
    }

    private final Set<Trait> traits;

    OperandRule(Set<Trait> traits) {
        this.traits = traits;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /// What a pattern without a match did not match.
    String entities() {
        if (has(Trait.PROPERTIES)) {
            return "entities";
        }
        return has(Trait.SERVICES) ? "instances or services" : "instances";
    }
}
