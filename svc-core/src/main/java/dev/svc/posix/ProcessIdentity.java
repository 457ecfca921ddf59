package dev.svc.posix;

/// A process: its pid and when it started, which together are never reused within a boot.
///
/// @param startTicks since boot, in the units of `/proc/<pid>/stat` (1/100 s)
public record ProcessIdentity(long pid, long startTicks) {
    /// Whether this very process exists and is no zombie.
    public boolean isAlive() { return ProcessStat.of(pid).filter(stat -> stat.startTicks() == startTicks && !stat.isZombie()).isPresent(); }
}
