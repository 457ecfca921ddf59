package dev.svc.it.doomed;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// A number of effects after which this process dies; 0: never.
final class Doom {
    private static final int SIGKILL = 9;

    private final MethodHandle kill;
    private int left;

    @SuppressWarnings("restricted") Doom(int effects) {
        left = effects;
        Linker linker = Linker.nativeLinker();
        kill = linker.downcallHandle(linker.defaultLookup().find("kill").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /// One effect more. No other thread carries on from its own effect while this one dies.
    synchronized void approach() throws Throwable {
        if (left > 0 && --left == 0) {
            int _ = (int) kill.invokeExact((int) ProcessHandle.current().pid(), SIGKILL);
            while (true) {
                // It takes a moment until the signal is there.
                Thread.onSpinWait();
            }
        }
    }
}
