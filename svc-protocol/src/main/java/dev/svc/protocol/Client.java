package dev.svc.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The client side of the control socket: sends requests to the manager of one root and yields its replies.
///
/// A manager that is being brought back by its keeper is waited for, up to [#PATIENCE], and a request whose connection broke is sent
/// again: what is asked for is absolute, so asking twice does no harm. It then has the member `again`, so that what is found to be as
/// asked is taken for done. Only requests said to be [Repeat#NEVER] are not sent again.
/// For one thread.
public final class Client implements AutoCloseable {
    /// How long a manager on its way back is waited for.
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long STEP_MILLIS = 10;
    private static final int ATTEMPTS = 5;

    /// What to do with a request whose connection breaks before its end line.
    public enum Repeat {
        /// Send it again: it reads, or asks for a state.
        WHEN_BROKEN,
        /// Do not: done twice it would be another thing than done once.
        NEVER
    }

    /// Takes the lines of an answer as they come.
    public interface Listener {
        void reply(Members reply) throws IOException;
    }

    /// A whole answer: the lines before the end line, in their order, and the exit status that the end line has.
    public record Answer(List<Members> replies, int status) {}

    private final SvcRoot root;
    private final Keeper keeper;
    private final long patienceNanos;
    private Connection connection;
    private long lastId;

    public Client(SvcRoot root) {
        this(root, PATIENCE);
    }

    Client(SvcRoot root, Duration patience) {
        this.root = root;
        this.keeper = new Keeper(root);
        this.patienceNanos = patience.toNanos();
    }

    /// Sends a request, which has `do` and its members but no `id`, and yields the whole answer.
    ///
    /// @throws UnreachableException if there is no manager, or it went away and did not come back
    /// @throws MalformedLineException if the manager's lines are not understood
    public Answer ask(JsonObjectBuilder request) throws IOException {
        JsonObject line = numbered(request);
        for (int attempt = 1;; attempt++) {
            List<Members> replies = new ArrayList<>();
            try {
                return new Answer(replies, exchange(line, replies::add));
            } catch (Connection.BrokenException _) {
                disconnect(attempt);
                line = again(line);
            }
        }
    }

    /// Sends a request and passes each line of the answer to `listener` as it comes; a line that comes again, because the request was
    /// sent again, is passed once. Yields the exit status that the end line has.
    ///
    /// @throws UnreachableException if there is no manager, or it went away and did not come back, or the request must not be repeated
    /// @throws MalformedLineException if the manager's lines are not understood
    public int follow(JsonObjectBuilder request, Repeat repeat, Listener listener) throws IOException {
        JsonObject line = numbered(request);
        Set<Members> passed = new HashSet<>();
        for (int attempt = 1;; attempt++) {
            try {
                return exchange(line, reply -> {
                    if (passed.add(reply)) {
                        listener.reply(reply);
                    }
                });
            } catch (Connection.BrokenException _) {
                if (repeat == Repeat.NEVER) {
                    throw new UnreachableException("outcome unknown: the manager of " + root + " went away before it answered");
                }
                disconnect(attempt);
                line = again(line);
            }
        }
    }

    private static JsonObject again(JsonObject line) {
        return JsonLines.object(line).add("again", true).build();
    }

    private JsonObject numbered(JsonObjectBuilder request) {
        return request.add("id", ++lastId).build();
    }

    private int exchange(JsonObject request, Listener listener) throws IOException {
        connect();
        connection.send(request);
        return untilEnd(listener);
    }

    private int untilEnd(Listener listener) throws IOException {
        while (true) {
            Members reply = connection.next();
            if (reply.tryNumber("id").orElse(lastId) != lastId) {
                continue;
            }
            OptionalLong status = reply.tryNumber("status");
            if (status.isPresent()) {
                return (int) status.getAsLong();
            }
            listener.reply(reply);
        }
    }

    private void connect() throws IOException {
        if (connection != null) {
            return;
        }
        long deadline = System.nanoTime() + patienceNanos;
        while (connection == null) {
            try {
                connection = Connection.open(root.controlSocket());
            } catch (UnreachableException e) {
                throw e;
            } catch (MalformedLineException e) {
                throw new UnreachableException("the manager of " + root + " is not understood: " + e.getMessage());
            } catch (IOException e) {
                checkWorthWaiting(e, deadline);
                pause();
            }
        }
    }

    private void checkWorthWaiting(IOException refusal, long deadline) throws UnreachableException {
        boolean starting = refusal instanceof Connection.NotReadyException;
        if (!starting && !keeper.isAlive()) {
            throw UnreachableException.notRunning(root, refusal);
        }
        if (System.nanoTime() - deadline > 0) {
            throw UnreachableException.notReady(root, Duration.ofNanos(patienceNanos));
        }
    }

    private static void pause() throws UnreachableException {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted while waiting for the manager");
        }
    }

    private void disconnect(int attempt) throws UnreachableException {
        close();
        if (attempt == ATTEMPTS) {
            throw new UnreachableException("the manager of " + root + " went away each time it was asked; see " + root.managerLog());
        }
    }

    @Override public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
