package dev.svc.svccfg;

import dev.svc.contract.Remembered;
import dev.svc.protocol.Keeper;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.Place;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a root, read without its manager.
final class Offline {
    private final SvcRoot root;

    Offline(Session session) {
        root = session.console().root();
    }

    /// Whether no manager runs and none will be back by itself.
    boolean isNobodyElseThere() {
        if (new Keeper(root).isAlive()) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(root.controlSocket()))) {
            return !channel.isConnected();
        } catch (IOException | UnsupportedOperationException _) {
            // Refused, or there is none; one that may not be connected to is there.
            return !Files.exists(root.controlSocket()) || Files.isWritable(root.controlSocket());
        }
    }

    /// Where the repository is.
    ///
    /// @throws IOException if there is none, or it may not be read
    Place place() throws IOException {
        Path state = root.state();
        if (!Files.isDirectory(state)) {
            throw new IOException(state + ": there is no repository");
        }
        if (!Files.isReadable(state) || !Files.isExecutable(state)) {
            throw new IOException(state + ": Permission denied");
        }
        return Place.below(state);
    }

    Remembered remembered() throws IOException {
        return Remembered.of(root);
    }
}
