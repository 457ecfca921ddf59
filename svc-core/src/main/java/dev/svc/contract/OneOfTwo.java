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
    /// @throws IOException if neither could be written
    static void written(Writing first, Writing second) throws IOException {
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
        }
    }
}
