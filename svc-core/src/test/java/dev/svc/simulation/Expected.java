package dev.svc.simulation;

import dev.svc.graph.EnabledSetting;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the administrator may expect of one instance: the settings that are possible after what was asked and answered. There is more
/// than one only while an answer is outstanding, or was never given because the manager died.
final class Expected {
    private Set<EnabledSetting> settings = new HashSet<>();
    private Set<Integer> versions = new HashSet<>();

    Expected(boolean enabled, int version) {
        settings.add(new EnabledSetting(enabled, Optional.empty()));
        versions.add(version);
    }

    /// It certainly happened.
    void surely(UnaryOperator<EnabledSetting> change) {
        Set<EnabledSetting> next = new HashSet<>();
        settings.forEach(s -> next.add(change.apply(s)));
        settings = next;
    }

    /// It may have happened.
    void perhaps(UnaryOperator<EnabledSetting> change) {
        Set<EnabledSetting> next = new HashSet<>(settings);
        settings.forEach(s -> next.add(change.apply(s)));
        settings = next;
    }

    /// This version of its definition, 0 for none, is certainly in force.
    void surely(int version) {
        versions = new HashSet<>(Set.of(version));
    }

    void perhaps(int version) {
        versions.add(version);
    }

    boolean allows(EnabledSetting setting) {
        return settings.contains(setting);
    }

    /// Whether it may be enabled permanently, whatever is set temporarily.
    boolean mayBeEnabledForGood() {
        return settings.stream().anyMatch(EnabledSetting::permanent);
    }

    boolean allows(int version) {
        return versions.contains(version);
    }

    /// It turned out to be so.
    void settled(EnabledSetting setting, int version) {
        settings = new HashSet<>(Set.of(setting));
        versions = new HashSet<>(Set.of(version));
    }

    @Override public String toString() {
        return settings + " versions " + versions;
    }
}
