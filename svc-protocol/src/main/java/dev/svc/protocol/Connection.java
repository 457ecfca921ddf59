package dev.svc.protocol;

import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// One connection to a manager that is ready to serve: its greeting has been read. For one thread.
final class Connection implements AutoCloseable {
    private static final long PROTOCOL = 1;

    /// The manager is there but takes no requests yet.
    static final class NotReadyException extends IOException {
        private static final long serialVersionUID = 1L;

        NotReadyException(String state) {
            super("the manager is " + state);
        }
    }

    /// The connection is of no more use, whatever is on the other side now.
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final SocketChannel channel;
    private final LineReader in;
    private final OutputStream out;

    private Connection(SocketChannel channel) {
        this.channel = channel;
        in = new LineReader(Channels.newInputStream(channel), JsonLines.LONGEST);
        out = Channels.newOutputStream(channel);
    }

    /// Connects and reads the greeting.
    ///
    /// @throws NotReadyException if the manager has the socket but is still starting
    /// @throws IOException if nobody listens there, or what listens is not a manager of this protocol
    static Connection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Connection connection = new Connection(channel);
            connection.checkGreeting(connection.next());
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void checkGreeting(Members greeting) throws IOException {
        var refusal = greeting.tryText("error");
        if (refusal.isPresent()) {
            throw new UnreachableException(refusal.get());
        }
        long protocol = greeting.number("svc");
        if (protocol != PROTOCOL) {
            throw new MalformedLineException("it speaks version " + protocol + " of the protocol, this command version " + PROTOCOL);
        }
        String state = greeting.text("state");
        if (!state.equals("running")) {
            throw new NotReadyException(state);
        }
    }

    /// @throws BrokenException if the manager is gone
    void send(JsonObject request) throws BrokenException {
        try {
            out.write(JsonLines.bytes(request));
        } catch (IOException e) {
            throw new BrokenException(e);
        }
    }

    /// The next line of the manager.
    ///
    /// @throws BrokenException if it is gone
    /// @throws MalformedLineException if it is not a JSON object
    Members next() throws IOException {
        JsonObject line;
        try {
            line = in.next().orElse(null);
        } catch (MalformedLineException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenException(e);
        }
        if (line == null) {
            throw new BrokenException(new EOFException("the manager closed the connection"));
        }
        return new Members(line);
    }

    @Override public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing was pending: each request is sent at once and answered before the next.
        }
    }
}
