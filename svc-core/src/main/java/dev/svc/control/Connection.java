package dev.svc.control;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.LineReader;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One client: its requests in order, each answered before the next is read.
final class Connection {
    private final SocketChannel channel;
    private final Peer peer;
    private final Verbs verbs;
    private final OutputStream output;
    private final LineReader input;
    private final CountDownLatch ended = new CountDownLatch(1);

    Connection(SocketChannel channel, Peer peer, Verbs verbs, OutputStream output, ControlServer.Limits limits) {
        this.channel = channel;
        this.peer = peer;
        this.verbs = verbs;
        this.output = output;
        input = new LineReader(Channels.newInputStream(channel), peer.privileged() ? JsonLines.LONGEST : limits.line());
    }

    OutputStream output() {
        return output;
    }

    /// Answers requests until the client leaves.
    void serve() throws IOException, InterruptedException {
        try {
            while (serveNext()) {
                // Each request has been answered.
            }
        } finally {
            ended.countDown();
        }
    }

    private boolean serveNext() throws IOException, InterruptedException {
        try {
            Optional<JsonObject> line = input.next();
            if (line.isPresent()) {
                verbs.answer(new Members(line.get()), peer, output);
            }
            return line.isPresent();
        } catch (MalformedLineException e) {
            Replies replies = new Replies(output, java.util.OptionalLong.empty());
            replies.error(e.getMessage());
            replies.end();
            return true;
        } catch (EOFException _) {
            return false;
        }
    }

    /// Lets the request under way be the last one.
    void takeNoMore() {
        try {
            channel.shutdownInput();
        } catch (IOException _) {
            // Then it is over already.
        }
    }

    void awaitEnd(Duration longest) throws InterruptedException {
        ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    void cut() {
        try {
            channel.close();
        } catch (IOException _) {
            // It is closed for all purposes.
        }
    }
}
