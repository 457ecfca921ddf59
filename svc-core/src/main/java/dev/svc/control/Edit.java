package dev.svc.control;

import dev.svc.property.ValueType;
import java.util.List;
import java.util.Optional;

/// One step of an edit of an entity's own properties (svccfg(8)).
sealed interface Edit {
    String group();

    /// `addpg`.
    record AddGroup(String group, String type) implements Edit {}

    /// `delpg`.
    record RemoveGroup(String group) implements Edit {}

    /// `setprop`; without a type, that of the property as it is.
    record SetProperty(String group, String property, Optional<ValueType> type, List<String> values) implements Edit {
        public SetProperty {
            values = List.copyOf(values);
        }
    }

    /// `delprop`.
    record RemoveProperty(String group, String property) implements Edit {}
}
