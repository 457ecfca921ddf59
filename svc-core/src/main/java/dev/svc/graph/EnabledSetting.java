package dev.svc.graph;

import java.util.Optional;

/// Whether an instance is enabled: for good (`general/enabled`), and until reboot or the next permanent setting
/// (`general_ovr/enabled`).
public record EnabledSetting(boolean permanent, Optional<Boolean> temporary) {
    public static final EnabledSetting ENABLED = new EnabledSetting(true, Optional.empty());
    public static final EnabledSetting DISABLED = new EnabledSetting(false, Optional.empty());

    /// The temporary setting if there is one, else the permanent one.
    public boolean effective() {
        return temporary.orElse(permanent);
    }

    /// Whether a temporary setting says otherwise than the permanent one.
    public boolean isOverridden() { return temporary.isPresent() && temporary.get() != permanent; }

    EnabledSetting withTemporary(Optional<Boolean> setting) {
        return new EnabledSetting(permanent, setting);
    }
}
