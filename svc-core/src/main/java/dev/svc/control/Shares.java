package dev.svc.control;

import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each user has.
final class Shares {
    /// One connection's part of its user's share; given back by closing it.
    interface Share extends AutoCloseable {
        @Override void close();
    }

    private final ControlServer.Limits limits;
    private final Map<UserPrincipal, Integer> taken = new ConcurrentHashMap<>();

    Shares(ControlServer.Limits limits) {
        this.limits = limits;
    }

    /// Takes one more for the user of `peer`, or nothing if he has all he may have.
    Optional<Share> take(Peer peer) {
        UserPrincipal user = peer.principal();
        if (taken.merge(user, 1, Integer::sum) > limits.connections(peer.privileged())) {
            giveBack(user);
            return Optional.empty();
        }
        return Optional.of(() -> giveBack(user));
    }

    private void giveBack(UserPrincipal user) {
        taken.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
    }
}
