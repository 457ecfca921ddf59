package dev.svc.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTest {
    private static final String NOTE = "{\"note\":\"x\"}";
    private static final String STARTING = "{\"svc\":1,\"state\":\"starting\"}";

    @TempDir Path path;

    private SvcRoot root;

    @BeforeEach void makeRun() throws IOException {
        root = new SvcRoot(path);
        Files.createDirectories(root.run());
    }

    /// This JVM plays the keeper.
    private void keep() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String started = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        Files.writeString(root.run().resolve("keeper.pid"), ProcessHandle.current().pid() + " " + started + "\n");
    }

    private static Client.Answer ask(Client client) throws IOException {
        return client.ask(JsonLines.object().add("do", "status"));
    }

    private void assertNotRunning() {
        try (Client client = new Client(root)) {
            assertEquals("the manager of " + root + " is not running; start it with: svc.startd --daemon",
                    assertThrows(UnreachableException.class, () -> ask(client)).getMessage());
        }
    }

    @Test void withoutManagerAndKeeperItFailsAtOnce() {
        assertNotRunning();
    }

    @Test void whyTheManagerCouldNotStartIsSaid() {
        new LastFailure(root).leave("the disk\nis full");
        try (Client client = new Client(root)) {
            assertEquals("the manager of " + root
                    + " is not running: it could not start: the disk is full; start it with: svc.startd --daemon",
                    assertThrows(UnreachableException.class, () -> ask(client)).getMessage());
        }
        new LastFailure(root).forget();
        assertNotRunning();
    }

    @Test void socketThatNobodyListensToIsNoManager() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(root.controlSocket())).close();
        assertTrue(Files.exists(root.controlSocket()));
        assertNotRunning();
    }

    @Test void keeperIsKnownByPidAndStartTime() throws IOException {
        Files.writeString(root.run().resolve("keeper.pid"), ProcessHandle.current().pid() + " 1\n");
        assertFalse(new Keeper(root).isAlive());
        assertNotRunning();
        Files.writeString(root.run().resolve("keeper.pid"), "rubbish");
        assertFalse(new Keeper(root).isAlive());
        keep();
        assertTrue(new Keeper(root).isAlive());
    }

    @Test void zombieIsNoKeeper() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
        String pid = parent.inputReader().readLine();
        Path stat = Path.of("/proc/" + pid + "/stat");
        String started = Files.readString(stat).split(" ")[21];
        Files.writeString(root.run().resolve("keeper.pid"), pid + " " + started + "\n");
        assertTrue(new Keeper(root).isAlive());
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        while (!Files.readString(stat).contains(") Z ")) {
            Thread.onSpinWait();
        }
        assertFalse(new Keeper(root).isAlive());
        parent.destroyForcibly();
    }

    @Test void managerThatTheKeeperBringsBackIsWaitedFor() throws Exception {
        keep();
        CompletableFuture<Client.Answer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (Client client = new Client(root)) {
                answer.complete(ask(client));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try (CannedManager _ = new CannedManager(path, manager -> manager.greeting(STARTING).greeting(STARTING).answering(NOTE))) {
            assertEquals(1, answer.get(20, TimeUnit.SECONDS).replies().size());
        }
    }

    @Test void patienceEnds() throws IOException {
        keep();
        try (Client client = new Client(root, Duration.ofMillis(30))) {
            String message = assertThrows(UnreachableException.class, () -> ask(client)).getMessage();
            assertTrue(message.contains("did not become ready"), message);
        }
    }

    @Test void startingManagerWithoutKeeperIsWaitedForToo() throws IOException {
        try (CannedManager _ = new CannedManager(path).greeting(STARTING).answering(NOTE); Client client = new Client(root)) {
            assertEquals(0, ask(client).status());
        }
    }

    @Test void answerThatBreaksOffIsAskedForAgainAsAWhole() throws IOException {
        try (CannedManager manager = new CannedManager(path); Client client = new Client(root)) {
            manager.answering(NOTE, NOTE, CannedManager.HANG_UP).answering(NOTE, NOTE, NOTE);
            assertEquals(3, ask(client).replies().size());
            assertEquals(2, manager.requests().size());
            assertFalse(manager.requests().getFirst().contains("again"));
            assertTrue(manager.requests().getLast().contains("\"again\":true"));
        }
    }

    @Test void followedAnswerThatComesAgainIsPassedOnce() throws IOException {
        try (CannedManager manager = new CannedManager(path); Client client = new Client(root)) {
            manager.answering("{\"note\":\"a\"}", CannedManager.HANG_UP).answering("{\"note\":\"a\"}", "{\"note\":\"b\"}",
                    "{\"status\":3}");
            List<String> notes = new ArrayList<>();
            int status = client.follow(JsonLines.object().add("do", "enable"), Client.Repeat.WHEN_BROKEN, r -> notes.add(r.text("note")));
            assertEquals(3, status);
            assertEquals(List.of("a", "b"), notes);
        }
    }

    @Test void managerThatBreaksOffEachTimeIsGivenUp() throws IOException {
        try (CannedManager manager = new CannedManager(path); Client client = new Client(root)) {
            for (int i = 0; i < 9; i++) {
                manager.answering(CannedManager.HANG_UP);
            }
            assertThrows(UnreachableException.class, () -> ask(client));
            assertEquals(5, manager.requests().size());
        }
    }

    @Test void connectionServesManyRequests() throws IOException {
        try (CannedManager manager = new CannedManager(path).answering(NOTE).answering(NOTE, NOTE); Client client = new Client(root)) {
            assertEquals(1, ask(client).replies().size());
            assertEquals(2, ask(client).replies().size());
            assertEquals(2, manager.requests().size());
        }
    }

    @Test void busyManagerSaysWhy() throws IOException {
        String busy = "{\"svc\":1,\"state\":\"busy\",\"error\":\"too many connections of uid 7\"}";
        try (CannedManager _ = new CannedManager(path).greeting(busy); Client client = new Client(root)) {
            assertEquals("too many connections of uid 7", assertThrows(UnreachableException.class, () -> ask(client)).getMessage());
        }
    }

    @Test void managerOfAnotherProtocolIsNotUnderstood() throws IOException {
        try (CannedManager _ = new CannedManager(path).greeting("{\"svc\":2,\"state\":\"running\"}"); Client client = new Client(root)) {
            String message = assertThrows(UnreachableException.class, () -> ask(client)).getMessage();
            assertTrue(message.contains("version 2 of the protocol"), message);
        }
    }
}
