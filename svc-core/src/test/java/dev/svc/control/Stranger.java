package dev.svc.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A client that another user runs: a process, since the kernel tells the server whose it is.
final class Stranger {
    private static final List<String> CLASS_FILE = List.of("dev", "svc", "control", "Stranger.class");

    private Stranger() {}

    /// Sends a request and prints the lines that answer it, but not the greeting.
    public static void main(String... socketAndRequest) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socketAndRequest[0]));
            channel.write(ByteBuffer.wrap((socketAndRequest[1].replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).lines().skip(1).forEach(System.out::println);
        }
    }

    /// What a user is answered; only root can ask so.
    ///
    /// @param directory where everybody may read
    static String asks(int uid, Path directory, Path socket, String request) throws IOException, InterruptedException {
        Path copy = directory;
        for (String name : CLASS_FILE) {
            copy = copy.resolve(name);
        }
        Files.createDirectories(copy.getParent());
        try (InputStream file = Stranger.class.getResourceAsStream(CLASS_FILE.getLast())) {
            Files.write(copy, file.readAllBytes());
        }
        Process process = new ProcessBuilder("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups",
                ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-cp", directory.toString(),
                Stranger.class.getName(), socket.toString(), request)
                .directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), answer);
        return answer.strip();
    }
}
