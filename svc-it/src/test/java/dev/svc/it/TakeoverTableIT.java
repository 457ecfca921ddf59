package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of takeover (docs/takeover.md), each row provoked for real: services of all rows are brought to where the row begins, manager
/// and keeper are killed, to each service happens what the row says, and one manager takes over all of them at once.
@Timeout(300) class TakeoverTableIT {
    private static final String ROWS = """
            # row | service       | is              | while no manager lives                     | becomes     | starts | stops | refreshed
              1   | DAEMON        | offline         | nothing                                    | offline     | 0 | 0 | 0
              1   | DAEMON        | disabled        | label lost                                 | disabled    | 0 | 0 | 0
              2   | GATED         | starting        | nothing                                    | offline*    | 1 | 0 | 0
              2   | GATED_ONCE    | starting        | nothing                                    | offline*    | 1 | 0 | 0
              2   | GATED_CHILD   | starting        | nothing                                    | online      | 1 | 0 | 0
              2a  | GATED_EARLY   | starting        | launcher and method killed                 | online      | 2 | 0 | 0
              3   | GATED         | starting        | start ends daemon 0                        | online      | 1 | 0 | 0
              4   | GATED         | starting        | start ends daemon 1                        | online      | 2 | 0 | 0
              5   | GATED_ONCE    | starting        | start ends nothing 0                       | online      | 1 | 0 | 0
              6   | GATED         | starting        | start ends nothing 0                       | online      | 2 | 0 | 0
              7   | GATED         | starting        | start ends nothing 1                       | online      | 2 | 0 | 0
              7   | GATED_ONCE    | starting        | start ends nothing 96                      | maintenance | 1 | 0 | 0
              7   | GATED         | starting        | method killed                              | online      | 2 | 0 | 0
              8   | GATED         | starting        | launcher and method killed                 | online      | 2 | 0 | 0
              8   | GATED_ONCE    | starting        | launcher and method killed                 | online      | 2 | 0 | 0
              9   | TWOFOLD       | online          | nothing                                    | online      | 1 | 0 | 0
              9a  | GATED_CHILD   | online          | start ends nothing 1                       | online      | 2 | 0 | 0
              9b  | GATED_REFRESH | refreshing      | nothing                                    | online*     | 1 | 0 | 1
              9b  | GATED_REFRESH | refreshing      | refresh ends nothing 0                     | online      | 1 | 0 | 1
              9b  | GATED_REFRESH | refreshing      | launcher and method killed                 | online*     | 1 | 0 | 2
              9b  | GATED_REFRESH | refreshing      | service killed, launcher and method killed | online      | 2 | 0 | 1
              10  | ONCE          | online          | nothing                                    | online      | 1 | 0 | 0
              11  | DAEMON        | online          | service killed                             | online      | 2 | 0 | 0
              11  | CHILD         | online          | service killed                             | online      | 2 | 0 | 0
              12  | GATED_STOP    | stopping        | nothing                                    | online*     | 1 | 1 | 0
              12a | GATED_STOP    | stopping        | launcher and method killed                 | online*     | 1 | 2 | 0
              13  | GATED_STOP    | stopping        | stop ends nothing 0                        | online*     | 1 | 1 | 0
              13a | GATED_STOP    | stopping        | stop ends nothing 95                       | maintenance | 1 | 1 | 0
              14  | GATED_STOP    | stopping        | service killed, stop ends nothing 0        | disabled    | 1 | 1 | 0
              15  | DAEMON        | maintenance     | nothing                                    | maintenance | 1 | 0 | 0
              16  | DAEMON        | online          | label unreadable                           | online      | 1 | 0 | 0
              16  | DAEMON        | online          | label lost                                 | online      | 1 | 0 | 0
              16a | GATED         | starting        | label unreadable                           | offline*    | 1 | 0 | 0
              17  | ONCE          | online          | label unreadable                           | maintenance | 1 | 0 | 0
              17a | GATED_ONCE    | starting        | label unreadable                           | maintenance | 1 | 0 | 0
              18  | DAEMON        | online          | service killed, label unreadable           | online      | 2 | 0 | 0
              18  | DAEMON        | maintenance     | label unreadable                           | online      | 2 | 0 | 0
              18  | GATED         | starting        | launcher and method killed, label unreadable | online      | 2 | 0 | 0
              19  | DAEMON        | online          | empty contract beside                      | online      | 1 | 0 | 0
              20  | DAEMON        | online          | service killed, contract beside            | online      | 1 | 0 | 0
              20  | DAEMON        | online          | contract beside                            | maintenance | 1 | 0 | 0
            """;

    private static final List<Row> TABLE = ROWS.lines().filter(line -> !line.startsWith("#")).map(Row::of).toList();
    private static Site site;
    private static final Map<Row, Long> SERVICE = new TreeMap<>((a, b) -> a.name().compareTo(b.name()));

    /// @param meanwhile what happens to it, in order, separated by commas
    record Row(String number, String name, Witness.Kind kind, String is, String meanwhile, String becomes, int starts, int stops,
            int refreshed) {
        static Row of(String line) {
            List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            String name = "row" + cells.get(0) + "-" + cells.get(1) + "-" + cells.get(3);
            return new Row(cells.get(0), name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                    Witness.Kind.valueOf(cells.get(1)), cells.get(2), cells.get(3), cells.get(4), Integer.parseInt(cells.get(5)),
                    Integer.parseInt(cells.get(6)), Integer.parseInt(cells.get(7)));
        }

        Witness witness() {
            return is.equals("offline")
                    ? new Witness(name, kind, true, "nobody")
                    : new Witness(name, kind, !is.equals("disabled"));
        }

        @Override public String toString() {
            return "row " + number + ": " + kind + " is " + is + "; " + meanwhile + "; becomes " + becomes + ", starts " + starts;
        }
    }

    static List<Row> rows() {
        return TABLE;
    }

    @BeforeAll static void takeOver() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "contracts beside are made by root");
        site = Site.create();
        Witness.install(site);
        site.startKept();
        List<String> bundle = new ArrayList<>(List.of(new Witness("nobody", Witness.Kind.DAEMON, false).xml(site)));
        TABLE.forEach(row -> bundle.add(row.witness().xml(site)));
        site.bring(bundle.toArray(String[]::new));
        for (Row row : TABLE) {
            begin(row);
        }
        for (Row row : TABLE) {
            ready(row);
            new Living(site).services().getOrDefault(row.name(), List.of()).stream().findFirst().ifPresent(p -> SERVICE.put(row, p.pid()));
        }
        killKeeperAndManager();
        for (Row row : TABLE) {
            for (String event : row.meanwhile().split(", ")) {
                happens(row, event);
            }
        }
        site.startKept();
    }

    @AfterAll static void end() throws Exception {
        if (site != null) {
            // Whoever still waits at a gate would hold up the end.
            for (Row row : TABLE) {
                for (String gate : List.of("start", "stop", "refresh")) {
                    site.write("trace/" + row.name() + "." + gate, "nothing 0\n");
                }
                if (row.is().equals("stopping")) {
                    kill(new Living(site).services().getOrDefault(row.name(), List.of()));
                }
            }
            site.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows") void becomes(Row row) throws IOException {
        Witness witness = row.witness();
        site.await(row.toString(), () -> site.state(witness.fmri()).equals(row.becomes())
                && witness.record(site).starts() == row.starts() && witness.record(site).count("stop") == row.stops()
                && witness.record(site).count("again") == row.refreshed());
        assertEquals(0, witness.record(site).count("twice"), () -> witness.record(site).toString());
        List<Living.Process> processes = new Living(site).services().getOrDefault(row.name(), List.of());
        if (row.becomes().equals("online") && row.starts() == 1 && SERVICE.containsKey(row)
                && !row.meanwhile().contains("service killed")) {
            assertEquals(List.of(SERVICE.get(row)), processes.stream().map(Living.Process::pid).toList(), "the process it had");
        }
        if (row.number().equals("17a")) {
            assertEquals(1, methods(row).size(), "its method runs on");
        }
        if (row.meanwhile().contains("label unreadable") || row.number().equals("20")) {
            String why = site.svc("svcs", "-x").out();
            assertEquals(true, why.contains(witness.fmri()), why);
        }
    }

    /// Begins what brings it to where the row begins.
    private static void begin(Row row) {
        switch (row.is()) {
            case "stopping" -> {
                site.awaitState(row.witness().fmri(), "online");
                site.ok("svcadm", "disable", row.witness().fmri());
            }
            case "refreshing" -> {
                site.awaitState(row.witness().fmri(), "online");
                site.ok("svcadm", "refresh", row.witness().fmri());
            }
            case "maintenance" -> {
                site.awaitState(row.witness().fmri(), "online");
                site.ok("svcadm", "mark", "maintenance", row.witness().fmri());
            }
            default -> {}
        }
    }

    private static void ready(Row row) {
        Witness witness = row.witness();
        String gate = switch (row.is()) {
            case "starting" -> "at-start";
            case "stopping" -> "at-stop";
            case "refreshing" -> "at-refresh";
            default -> "";
        };
        if (gate.isEmpty()) {
            site.awaitState(witness.fmri(), row.is());
        }
        site.await(row.toString(), () -> gate.isEmpty() || witness.record(site).count(gate) == 1);
        boolean lives = row.is().equals("online") && row.kind().leavesProcess() || row.kind() == Witness.Kind.GATED_EARLY
                || row.kind() == Witness.Kind.GATED_CHILD || row.is().equals("stopping") || row.is().equals("refreshing");
        site.await(row.toString(), () -> !lives || witness.record(site).count("live") == 1);
    }

    private static void killKeeperAndManager() {
        site.keeper().orElseThrow().destroyForcibly();
        site.keeper().ifPresent(Site::ended);
        site.orphanedManagers().forEach(manager -> {
            Site.kill(manager);
        });
    }

    private static void happens(Row row, String event) throws IOException {
        Witness witness = row.witness();
        String[] words = event.split(" ");
        switch (event) {
            case "nothing" -> {}
            case "service killed" -> kill(new Living(site).services().get(row.name()));
            case "method killed" -> {
                kill(methods(row));
                awaitRecord(row, "137");
            }
            case "launcher and method killed" -> {
                launchers(row).forEach(TakeoverTableIT::kill);
                kill(methods(row));
            }
            case "label lost" -> {
                Files.delete(copy(row));
                attributes(row).delete("svc.label");
            }
            case "label unreadable" -> {
                Files.writeString(copy(row), "{\"version\":1,");
                attributes(row).write("svc.label", ByteBuffer.wrap("garbage".getBytes(StandardCharsets.UTF_8)));
            }
            case "empty contract beside" -> Files.createDirectory(beside(row));
            case "contract beside" -> {
                Path contract = Files.createDirectory(beside(row));
                new ProcessBuilder("/bin/sh", "-c", "echo 0 >\"$0\"; exec sleep 100000", contract.resolve("cgroup.procs").toString())
                        .start();
                site.await("a process beside", () -> site.text(contract.resolve("cgroup.procs").toString()).lines().count() == 1);
            }
            default -> {
                // "start ends daemon 1": its method leaves a daemon and exits with 1.
                site.write("trace/" + row.name() + "." + words[0] + ".new", words[2] + " " + words[3] + "\n");
                Files.move(site.path("trace/" + row.name() + "." + words[0] + ".new"),
                        site.path("trace/" + row.name() + "." + words[0]));
                awaitRecord(row, words[3]);
                if (words[2].equals("daemon")) {
                    site.await("it left a daemon", () -> witness.record(site).count("live") == 1);
                }
            }
        }
    }

    private static void awaitRecord(Row row, String status) {
        List<String> lines = row.witness().record(site).lines();
        String contract = lines.stream().filter(line -> line.startsWith("at-")).findFirst().orElseThrow().split(" ")[2];
        site.await(row + ": exit record", () -> Files.exists(site.path("run/svc/exit/" + contract + "." + status)));
    }

    private static List<Living.Process> methods(Row row) {
        return new Living(site).all().stream().filter(p -> p.name().equals(row.name()) && !p.isService()).toList();
    }

    private static void kill(List<Living.Process> processes) {
        processes.forEach(p -> kill(p.pid()));
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            Site.kill(process);
        });
    }

    private static List<Long> launchers(Row row) {
        return Site.launchers(site.path("var/svc/log/site-" + row.name() + ":default.log"));
    }

    private static Path group(Row row) throws IOException {
        return site.groups().getFirst().resolve("site/" + row.name() + ":default");
    }

    /// A contract that nobody gave to it; no two instances have one of the same number.
    private static Path beside(Row row) throws IOException {
        return group(row).resolve(String.valueOf(90_000 + TABLE.indexOf(row)));
    }

    private static Path copy(Row row) {
        return site.path("run/svc/label/site%" + row.name() + ":default");
    }

    private static UserDefinedFileAttributeView attributes(Row row) throws IOException {
        return Files.getFileAttributeView(group(row), UserDefinedFileAttributeView.class);
    }
}
