package dev.svc.control;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Cuts off clients that do not read: a blocking write has no time limit of its own, so one is set on the side, which closes the
/// channel under it.
final class Cutoff implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final Duration patience;
    private final ScheduledThreadPoolExecutor clock;

    Cutoff(Duration patience) {
        this.patience = patience;
        clock = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("cutoff").factory());
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// A buffered stream to `channel` whose writes fail once the client left one unread for too long.
    OutputStream stream(SocketChannel channel) {
        return new BufferedOutputStream(new Guarded(channel), BUFFER);
    }

    @Override public void close() {
        clock.shutdownNow();
    }

    private final class Guarded extends OutputStream {
        private final SocketChannel channel;

        Guarded(SocketChannel channel) {
            this.channel = channel;
        }

        @Override public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
            ScheduledFuture<?> end = clock.schedule(this::cut, patience.toNanos(), TimeUnit.NANOSECONDS);
            try {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } finally {
                end.cancel(false);
            }
        }

        private void cut() {
            try {
                channel.close();
            } catch (IOException _) {
                // It is closed for all purposes.
            }
        }

        @Override public void close() throws IOException {
            channel.close();
        }
    }
}
