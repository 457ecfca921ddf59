package dev.svc.engine;

/// Who asked for an administrative change, as the kernel told.
public record Asker(int uid, String user) {
    /// The manager itself: import at start, what takeover writes back.
    public static Asker manager(int uid) {
        return new Asker(uid, "svc.startd");
    }
}
