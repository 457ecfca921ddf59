package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The control socket: accepts connections and serves each by a virtual thread of its own.
///
/// The socket is bound under a temporary name and renamed, so that whoever sees it can talk to it. It is open to every user of the
/// machine; what one may ask is another matter.
public final class ControlServer implements AutoCloseable {
    /// What one client may take.
    ///
    /// @param connections at a time, of one user; root and the manager's own user may have sixteen times as many
    /// @param line longest request line in bytes; root and the manager's own user may send [dev.svc.protocol.JsonLines#LONGEST]
    /// @param patience how long a client may leave a piece of an answer unread
    /// @param signOfLife how often a client that waits for a state hears that we still do
    public record Limits(int connections, int line, Duration patience, Duration signOfLife) {
        public static final Limits DEFAULT = new Limits(16, 64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(3));

        int connections(boolean privileged) {
            return privileged ? 16 * connections : connections;
        }
    }

    private static final Logger LOG = System.getLogger(ControlServer.class.getName());
    /// Longest path the kernel takes for a socket.
    private static final int LONGEST_PATH = 107;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Path path;
    private final Object identity;
    private final ServerSocketChannel listener;
    private final Verbs verbs;
    private final Peers peers;
    private final Greeting greeting;
    private final Limits limits;
    private final Shares shares;
    private final Cutoff cutoff;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private ControlServer(SvcRoot root, Administered engine, int ownUid, Limits limits) throws IOException {
        path = root.controlSocket();
        this.limits = limits;
        verbs = Verbs.of(root, engine, ownUid, limits.signOfLife());
        peers = new Peers(ownUid);
        greeting = new Greeting(root);
        shares = new Shares(limits);
        cutoff = new Cutoff(limits.patience());
        listener = bound(path);
        identity = Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        acceptor = Thread.ofVirtual().name("control").start(this::accept);
    }

    /// Opens the control socket of `root`; returns when clients can connect.
    ///
    /// @param ownUid uid the manager runs as
    /// @throws IOException if the socket cannot be made; the message says why
    public static ControlServer open(SvcRoot root, Administered engine, int ownUid, Limits limits) throws IOException {
        return new ControlServer(root, engine, ownUid, limits);
    }

    private static ServerSocketChannel bound(Path path) throws IOException {
        int length = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new IOException("control socket " + path + ": a path of " + length + " bytes is too long for a socket; at most "
                    + LONGEST_PATH + ": choose a root with a shorter path");
        }
        Files.createDirectories(path.getParent());
        // Not longer than the final name, or the longest allowed path could not be bound.
        Path temporary = path.resolveSibling("control.new");
        Files.deleteIfExists(temporary);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(temporary), 128);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-rw-rw-"));
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw new IOException("control socket " + path + ": " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                serve(listener.accept());
            } catch (java.nio.channels.ClosedChannelException _) {
                return;
            } catch (IOException e) {
                // Out of descriptors, mostly: those who are served now give theirs back.
                LOG.log(Logger.Level.WARNING, "control socket: cannot accept a connection: {0}", e.getMessage());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel channel) {
        Thread.ofVirtual().name("client").start(() -> {
            try (channel) {
                serveUnlessTooMany(channel, peers.of(channel));
            } catch (IOException e) {
                LOG.log(Logger.Level.DEBUG, "a client was lost: {0}", e.getMessage());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void serveUnlessTooMany(SocketChannel channel, Peer peer) throws IOException, InterruptedException {
        Optional<Shares.Share> share = shares.take(peer);
        if (share.isEmpty()) {
            greeting.refuse(cutoff.stream(channel), "too many connections of user " + peer.asker().user() + "; at most "
                    + limits.connections(peer.privileged()) + " at a time");
            return;
        }
        Connection connection = new Connection(channel, peer, verbs, cutoff.stream(channel), limits);
        connections.add(connection);
        try (Shares.Share _ = share.get()) {
            greeting.say(connection.output());
            connection.serve();
        } finally {
            connections.remove(connection);
        }
    }

    /// Takes no more connections and no more requests, lets answers under way be finished for a moment, and removes the socket.
    @Override public void close() throws IOException {
        listener.close();
        if (isStillOurs()) {
            Files.deleteIfExists(path);
        }
        connections.forEach(Connection::takeNoMore);
        try {
            acceptor.join(FAREWELL);
            long end = System.nanoTime() + FAREWELL.toNanos();
            for (Connection connection : connections) {
                connection.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.forEach(Connection::cut);
            verbs.close();
            cutoff.close();
        }
    }

    /// A successor may have put its own in place of it.
    private boolean isStillOurs() {
        try {
            return identity.equals(Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey());
        } catch (IOException _) {
            return false;
        }
    }
}
