package dev.svc.dist;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** One run of {@code svc.train} in the finished tree; without its caches the commands only start more slowly, so failing is not an error. */
record Training(Directory tree) {
    private static final long LIMIT_SECONDS = 180;

    void run() throws IOException, InterruptedException {
        tree.emptied("lib/aot");
        if (Boolean.getBoolean("svc.train.skip")) {
            return;
        }
        Process training = new ProcessBuilder("/bin/sh", tree.path("lib/svc.train").toString())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        training.getOutputStream().close();
        if (!training.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            training.destroy();
            System.err.println(
                    "svc-dist: training took more than " + LIMIT_SECONDS + " s: AOT caches are missing, commands start more slowly");
        } else if (training.exitValue() != 0) {
            System.err.println("svc-dist: training failed: some AOT caches are missing, commands start more slowly");
        }
    }
}
