package dev.svc.posix;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts programs by the JDK, through its own helper program, setsid(1) and, if we ignore signals, env(1): everywhere, but at three times
/// the cost of [NativeSpawner].
final class ProcessSpawner implements Spawner {
    @Override public Spawned spawn(List<String> words, Map<String, String> environment) throws IOException {
        List<String> all = new ArrayList<>();
        if (Credentials.own().ignoresSignals()) {
            // What is ignored when a shell starts it cannot trap, nor give back to its children.
            all.addAll(List.of("env", "--default-signal"));
        }
        all.add("setsid");
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Spawned(process.pid(), process.onExit().thenApply(Process::exitValue));
    }
}
