package dev.svc.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.posix.Account;
import dev.svc.posix.Accounts;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.LineReader;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.Version;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30) class ControlServerTest {
    /// A privileged user, as who runs this test is, has sixteen times as many.
    private static final ControlServer.Limits LIMITS = new ControlServer.Limits(8, 64 * 1024, Duration.ofMillis(300),
            Duration.ofMillis(50));

    @TempDir Path directory;
    private final MemoryEngine engine = new MemoryEngine();
    private SvcRoot root;
    private int ownUid;
    private ControlServer server;

    @BeforeEach void open() throws IOException {
        root = new SvcRoot(directory);
        ownUid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        server = ControlServer.open(root, engine, ownUid, LIMITS);
    }

    @AfterEach void close() throws IOException {
        server.close();
    }

    /// A client of raw bytes.
    private final class Client implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final LineReader lines;

        Client() throws IOException {
            channel.connect(UnixDomainSocketAddress.of(root.controlSocket()));
            lines = new LineReader(Channels.newInputStream(channel), JsonLines.LONGEST);
        }

        Client greeted() throws IOException {
            assertEquals(1, next().getInt("svc"));
            return this;
        }

        void send(byte[] bytes) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        void send(String line) throws IOException {
            send((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
        }

        JsonObject next() throws IOException {
            return lines.next().orElseThrow(() -> new IOException("end of stream"));
        }

        /// The lines up to the end line.
        List<JsonObject> answer() throws IOException {
            List<JsonObject> all = new ArrayList<>();
            do {
                all.add(next());
            } while (!all.getLast().containsKey("status"));
            return all;
        }

        boolean isAtEnd() {
            try {
                return lines.next().isEmpty();
            } catch (IOException _) {
                return true;
            }
        }

        @Override public void close() throws IOException {
            channel.close();
        }
    }

    @Test void whoConnectsIsGreeted() throws Exception {
        try (Client client = new Client()) {
            JsonObject greeting = client.next();
            assertEquals(1, greeting.getInt("svc"));
            assertEquals("running", greeting.getString("state"));
            assertEquals(Version.current(), greeting.getString("version"));
            assertEquals(ProcessHandle.current().pid(), greeting.getJsonNumber("pid").longValue());
            assertEquals(directory.toString(), greeting.getString("root"));
        }
    }

    @Test void theSocketIsOpenToAllAndGoneAfterClose() throws Exception {
        assertEquals(PosixFilePermissions.fromString("rw-rw-rw-"), Files.getPosixFilePermissions(root.controlSocket()));
        assertFalse(Files.exists(root.run().resolve("control.new")));
        server.close();
        assertFalse(Files.exists(root.controlSocket()));
    }

    @Test void aSuccessorTakesThePlaceOfASocketLeftBehindAndKeepsItsOwn() throws Exception {
        ControlServer successor = ControlServer.open(root, engine, ownUid, LIMITS);
        server.close();
        try (Client client = new Client()) {
            client.greeted();
        } finally {
            successor.close();
        }
    }

    @Test void anotherUserMayAskAndChangeNothingUnlessHeIsGrantedIt() throws Exception {
        Optional<Account> nobody = Accounts.user("nobody");
        assumeTrue(ownUid == 0 && nobody.isPresent(), "only root can be somebody else");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        engine.instance("web:x", true);
        int uid = nobody.get().uid();
        String restart = "{'do':'restart','patterns':['web']}";

        String refusal = Stranger.asks(uid, directory, root.controlSocket(), restart);
        assertTrue(refusal.contains("Permission denied: not restarted; needs authorization solaris.smf.manage"), refusal);
        assertEquals(List.of(), engine.requests());

        Path granted = Files.createDirectories(directory.resolve("etc/svc")).resolve("authorizations");
        Files.writeString(granted, "user nobody solaris.smf.manage\n");
        Files.setPosixFilePermissions(granted, PosixFilePermissions.fromString("rw-r--r--"));
        String consent = Stranger.asks(uid, directory, root.controlSocket(), restart);
        assertTrue(consent.contains("Action restart set for svc:/web:x."), consent);
        assertEquals(1, engine.requests().size());
    }

    @Test void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
        engine.instance("web:x", false);
        try (Client client = new Client().greeted()) {
            client.send("{'id':1,'do':'enable','patterns':['web']}\n\n{'id':2,'do':'nix'}\n{'id':3,'do':'list'}");
            assertEquals(List.of(1, 1), client.answer().stream().map(o -> o.getInt("id")).toList());
            assertEquals(2, client.answer().getLast().getInt("id"));
            assertEquals("svc:/web:x", client.answer().getFirst().getJsonObject("instance").getString("fmri"));
        }
    }

    @Test void whoSendsNoMoreStillGetsHisAnswers() throws Exception {
        engine.instance("web:x", false);
        try (Client client = new Client().greeted()) {
            client.send("{'do':'list'}\n{'do':'list'}");
            client.channel.shutdownOutput();
            assertEquals(2, client.answer().size());
            assertEquals(2, client.answer().size());
            assertTrue(client.isAtEnd());
        }
    }

    @Test void aBadLineIsAnsweredAndTheNextOneIsANewChance() throws Exception {
        try (Client client = new Client().greeted()) {
            for (String bad : List.of("nonsense", "[1,2]", "{'id':1,", "{'do':'list'} x", "\0\0", "{'a':".repeat(5000))) {
                client.send(bad);
                List<JsonObject> answer = client.answer();
                assertTrue(answer.getFirst().containsKey("error"), bad);
                assertEquals(1, answer.getLast().getInt("status"));
            }
            client.send(new byte[]{(byte) 0xc3, (byte) 0x28, '\n'});
            assertEquals("not UTF-8", client.answer().getFirst().getString("error"));
            client.send("{'do':'status'}");
            assertEquals(0, client.answer().getLast().getInt("status"));
        }
    }

    @Test void aHugeLineIsRefusedWithoutBeingKept() throws Exception {
        try (Client client = new Client().greeted()) {
            byte[] chunk = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 64; i++) {
                client.send(chunk);
            }
            client.send("");
            assertEquals("line is longer than 1048576 bytes", client.answer().getFirst().getString("error"));
            client.send("{'do':'status'}");
            assertEquals(0, client.answer().getLast().getInt("status"));
        }
    }

    @Test void binaryRubbishDoesNoHarm() throws Exception {
        byte[] rubbish = new byte[100_000];
        new Random(1).nextBytes(rubbish);
        try (Client client = new Client()) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.send(rubbish);
                    client.channel.shutdownOutput();
                } catch (IOException _) {
                    // Then the server had enough of it.
                }
            });
            while (!client.isAtEnd()) {
                // One answer after another.
            }
            writer.join();
        }
        try (Client client = new Client().greeted()) {
            client.send("{'do':'status'}");
            assertEquals(0, client.answer().getLast().getInt("status"));
        }
    }

    @Test void aUserHasHisShareOfConnectionsAndNoMore() throws Exception {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < LIMITS.connections(true); i++) {
                clients.add(new Client().greeted());
            }
            try (Client tooMany = new Client()) {
                JsonObject refusal = tooMany.next();
                assertEquals("busy", refusal.getString("state"));
                assertTrue(refusal.getString("error").contains("at most 128 at a time"), refusal.toString());
                assertTrue(tooMany.isAtEnd());
            }
            clients.getFirst().send("{'do':'status'}");
            assertEquals(0, clients.getFirst().answer().getLast().getInt("status"));
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
        awaitFreeShare();
    }

    /// The server gives a share back when it notices that a client left.
    private void awaitFreeShare() throws IOException {
        while (true) {
            try (Client client = new Client()) {
                if (client.next().getString("state").equals("running")) {
                    return;
                }
            }
        }
    }

    @Test void whoNeverReadsIsCutOff() throws Exception {
        for (int i = 0; i < 300; i++) {
            engine.instance("service/number/" + "a" + i + ":default", false);
        }
        try (Client client = new Client().greeted(); Client other = new Client().greeted()) {
            assertThrows(IOException.class, () -> {
                while (true) {
                    client.send("{'do':'list'}");
                }
            });
            other.send("{'do':'status'}");
            assertEquals(0, other.answer().getLast().getInt("status"));
        }
    }

    @Test void whoWaitsHearsSignsOfLifeAndIsForgottenWhenHeLeaves() throws Exception {
        engine.instance("web:x", true).settled(false);
        try (Client client = new Client().greeted()) {
            client.send("{'do':'disable','patterns':['web'],'synchronous':true}");
            assertEquals("svc:/web:x", client.next().getString("done"));
        }
        assertTrue(engine.awaitWaiter().join(Duration.ofSeconds(20)));
    }

    @Test void closeLetsAnAnswerUnderWayBeFinished() throws Exception {
        engine.instance("web:x", true);
        try (Client waiting = new Client().greeted(); Client idle = new Client().greeted()) {
            waiting.send("{'do':'disable','patterns':['web'],'synchronous':true}");
            engine.awaitWaiter();
            Thread closing = Thread.ofVirtual().start(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertTrue(idle.isAtEnd());
            engine.move("web:x", new Phase.Disabled());
            assertEquals(0, waiting.answer().getLast().getInt("status"));
            closing.join();
        }
    }

    @Test void aRootThatIsTooDeepIsSaidToBe() {
        SvcRoot deep = new SvcRoot(directory.resolve("x".repeat(100)));
        IOException e = assertThrows(IOException.class, () -> ControlServer.open(deep, engine, ownUid, LIMITS));
        assertTrue(e.getMessage().contains("is too long for a socket; at most 107: choose a root with a shorter path"), e.getMessage());
    }

    @Test void manyClientsAtOnceAreServed() throws Exception {
        engine.instance("web:x", true).move("web:x", new Phase.Online(Optional.of(new ContractId(1))));
        List<Thread> threads = new ArrayList<>();
        List<String> served = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (Client client = new Client().greeted()) {
                    client.send("{'do':'list'}");
                    served.add(client.answer().getFirst().getJsonObject("instance").getString("state"));
                } catch (IOException e) {
                    served.add(e.toString());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(java.util.Collections.nCopies(100, "online"), served);
    }
}
