package dev.svc.model;

import dev.svc.property.PropertyGroup;
import java.time.Duration;
import java.util.Optional;

/// A method of an instance as it is defined: `exec` still has its tokens; an empty timeout is infinite.
public record Method(String name, String exec, Optional<Duration> timeout, MethodContext context) {
    /// Longest timeout that is not treated as infinite.
    private static final long LONGEST_SECONDS = Integer.MAX_VALUE;

    public static final String START = "start";
    public static final String STOP = "stop";
    public static final String REFRESH = "refresh";

    /// Reads a property group of type method. `exec` is empty if the group has none (treated as success, as in SMF).
    static Method of(PropertyGroup group, Optional<PropertyGroup> sharedContext) {
        return new Method(group.name(), group.value("exec").orElse(""), timeout(group), MethodContext.of(group, sharedContext));
    }

    /// Whether nothing is to be run.
    public boolean isTrue() { return exec.strip().equals(":true"); }

    /// Whether processes of the contract are to be signalled instead of a command run; see [#killSignal].
    public boolean isKill() {
        String word = exec.strip();
        return word.equals(":kill") || word.startsWith(":kill ");
    }

    /// The signal `:kill -SIG` names, without `SIG` and dash, such as `TERM` or `9`; `TERM` if it names none.
    public String killSignal() {
        String rest = exec.strip().substring(":kill".length()).strip();
        String name = rest.startsWith("-") ? rest.substring(1) : rest;
        return name.isEmpty() ? "TERM" : name.startsWith("SIG") ? name.substring(3) : name;
    }

    private static Optional<Duration> timeout(PropertyGroup group) {
        var seconds = group.number("timeout_seconds");
        if (seconds.isEmpty() || seconds.getAsLong() <= 0 || seconds.getAsLong() > LONGEST_SECONDS) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(seconds.getAsLong()));
    }
}
