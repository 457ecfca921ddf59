package dev.svc.posix;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/// The native library, loaded when it is first needed.
final class Native {
    private Native() {}

    static POSIX posix() {
        return Loaded.POSIX;
    }

    private static final class Loaded {
        private static final POSIX POSIX = POSIXFactory.getNativePOSIX();
    }
}
