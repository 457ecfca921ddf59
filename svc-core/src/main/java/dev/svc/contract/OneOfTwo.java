package dev.svc.contract;

import java.io.IOException;

/// Writing something in two places, of which one suffices.
final class OneOfTwo {
    private static final System.Logger LOGGER = System.getLogger(OneOfTwo.class.getName());

    private OneOfTwo() {}

    interface Writing {
        void write() throws IOException;
    }

    /// Writes `first`, then `second`, whatever became of the first.
    ///
    /// @param withdrawal of what the second place has from before: if only the first could be written, it must not speak later
    /// @throws IOException if neither could be written; what they had before stays
    static void written(Writing first, Writing second, Writing withdrawal) throws IOException {
        IOException failure;
        try {
            first.write();
            failure = null;
        } catch (IOException e) {
            failure = e;
        }
        try {
            second.write();
        } catch (IOException e) {
            if (failure != null) {
                failure.addSuppressed(e);
                throw failure;
            }
            LOGGER.log(System.Logger.Level.DEBUG, "one copy cannot be written: {0}", e.getMessage());
            withdraw(withdrawal);
        }
    }

    private static void withdraw(Writing withdrawal) {
        try {
            withdrawal.write();
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "nor can the older one be removed: {0}", e.getMessage());
        }
    }
}
