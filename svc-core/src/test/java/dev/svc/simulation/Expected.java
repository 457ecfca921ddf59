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
    /// What the administrator set a property to, 0 for never; and what the running snapshot has of it.
    private Set<Integer> edited = new HashSet<>(Set.of(0));
    private Set<Integer> running = new HashSet<>(Set.of(0));

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

    void surelyEdited(int value) {
        edited = new HashSet<>(Set.of(value));
    }

    void perhapsEdited(int value) {
        edited.add(value);
    }

    /// The running snapshot is retaken of what is set.
    void surelyRefreshed() {
        running = new HashSet<>(edited);
    }

    void perhapsRefreshed() {
        running.addAll(edited);
    }

    boolean allowsEdited(int current, int refreshed) {
        return edited.contains(current) && running.contains(refreshed);
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
    void settled(EnabledSetting setting, int version, int current, int refreshed) {
        edited = new HashSet<>(Set.of(current));
        running = new HashSet<>(Set.of(refreshed));
        settings = new HashSet<>(Set.of(setting));
        versions = new HashSet<>(Set.of(version));
    }

    @Override public String toString() {
        return settings + " versions " + versions + " edited " + edited + " running " + running;
    }
}
