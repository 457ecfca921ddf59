import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.BackupKind;
import dev.svc.repository.BegunBackup;
import dev.svc.repository.Finding;
import dev.svc.repository.Known;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Measures a repository of so many instances with so many properties each; see capacity.sh.
final class Capacity {
    private static final int PROPERTIES_IN_A_GROUP = 10;
    private static final int COMMITS = 200;

    private Capacity() {}

    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        int instances = Integer.parseInt(arguments[1]);
        int properties = Integer.parseInt(arguments[2]);
        int together = Integer.parseInt(arguments[3]);
        Place place = Place.below(state);
        switch (arguments[4]) {
            case "write" -> write(place, instances, properties, together);
            case "measure" -> measure(place, instances, properties);
            default -> ask(new SvcRoot(state));
        }
    }

    /// Of a manager that runs: how long it takes until what is asked is answered, over one connection.
    private static void ask(SvcRoot root) throws Exception {
        try (Client client = new Client(root)) {
            say("enable or disable, recorded with fsync", latency(client, false));
            say("the same, temporarily: state only, no disk", latency(client, true));
        }
    }

    private static String latency(Client client, boolean temporarily) throws Exception {
        long[] micros = new long[COMMITS];
        for (int i = -COMMITS / 4; i < COMMITS; i++) {
            long begun = System.nanoTime();
            Client.Answer answer = client.ask(JsonLines.object().add("do", i % 2 == 0 ? "enable" : "disable")
                    .add("patterns", JsonLines.array(List.of("svc:/bench/volatile:default"))).add("temporary", temporarily));
            if (answer.status() != 0) {
                throw new IllegalStateException("refused: " + answer.replies());
            }
            if (i >= 0) {
                micros[i] = (System.nanoTime() - begun) / 1000;
            }
        }
        return percentiles(micros);
    }

    private static String percentiles(long[] micros) {
        Arrays.sort(micros);
        return "p50 " + micros[micros.length / 2] / 1000.0 + " ms, p99 " + micros[micros.length * 99 / 100] / 1000.0 + " ms, n "
                + micros.length;
    }

    private static void write(Place place, int instances, int properties, int together) throws Exception {
        long begun = System.nanoTime();
        List<Long> laps = new ArrayList<>();
        try (Repository repository = Repository.open(place, Known.NONE, Instant::now).repository()) {
            for (int i = 0; i < instances; i += together) {
                long lap = System.nanoTime();
                List<Change> all = new ArrayList<>();
                for (int j = i; j < Math.min(instances, i + together); j++) {
                    all.add(defined(j, properties));
                }
                repository.commit(all);
                laps.add((System.nanoTime() - lap) / 1000);
            }
        }
        say("import, " + together + " instances at a time", seconds(begun));
        if (laps.size() > 10) {
            int tenth = laps.size() / 10;
            say("  mean of the first and of the last tenth", mean(laps.subList(0, tenth)) / 1000 + " ms, "
                    + mean(laps.subList(laps.size() - tenth, laps.size())) / 1000 + " ms");
        }
        say("  heap that was needed at most", peak());
    }

    private static void measure(Place place, int instances, int properties) throws Exception {
        say("repository.db", size(place.database()));
        say("journal", total(place.journal()));
        long begun = System.nanoTime();
        Opened opened = Repository.open(place, Known.NONE, Instant::now);
        say("open: verify and load", seconds(begun) + "; findings: " + opened.findings().size());
        try (Repository repository = opened.repository()) {
            System.gc();
            say("heap in use when loaded", used());
            long[] commits = new long[COMMITS];
            for (int i = 0; i < COMMITS; i++) {
                long lap = System.nanoTime();
                PropertyGroup general = new PropertyGroup("general", "framework", List.of(Property.truth("enabled", i % 2 == 0)));
                repository.commit(Change.of("enable", 0, List.of(new LayerGroup(instance(i * 7 % instances), Layer.ADMIN, general))));
                commits[i] = (System.nanoTime() - lap) / 1000;
            }
            say("enable, journal and database with fsync", percentiles(commits));
            begun = System.nanoTime();
            BegunBackup backup = repository.begin(BackupKind.DAILY);
            String copied = milliseconds(begun);
            begun = System.nanoTime();
            backup.check();
            String read = seconds(begun);
            begun = System.nanoTime();
            repository.finish(backup);
            say("backup: copy, name; read back meanwhile", copied + ", " + milliseconds(begun) + "; " + read);
            begun = System.nanoTime();
            List<Finding> findings = repository.verify();
            say("verify: database, journal, backup", seconds(begun) + "; findings: " + findings.size());
            begun = System.nanoTime();
            repository.scrub();
            say("scrub", seconds(begun));
        }
        Files.delete(place.database());
        begun = System.nanoTime();
        Opened rebuilt = Repository.open(place, Known.NONE, Instant::now);
        say("rebuild from backup and journal", seconds(begun) + "; instances: " + rebuilt.model().instances().size());
        say("heap that was needed at most", peak());
    }

    private static InstanceFmri instance(int n) {
        return new InstanceFmri("bench/s" + n, "default");
    }

    private static Change defined(int n, int properties) {
        InstanceFmri fmri = instance(n);
        List<PropertyGroup> groups = new ArrayList<>();
        groups.add(new PropertyGroup("general", "framework", List.of(Property.truth("enabled", false))));
        for (int g = 0; g * PROPERTIES_IN_A_GROUP < properties - 1; g++) {
            List<Property> in = new ArrayList<>();
            for (int p = 0; p < PROPERTIES_IN_A_GROUP && g * PROPERTIES_IN_A_GROUP + p < properties - 1; p++) {
                in.add(Property.text("property" + p, "value " + p + " of instance " + n));
            }
            groups.add(new PropertyGroup("config" + g, "application", in));
        }
        List<LayerGroup> put = groups.stream().map(g -> new LayerGroup(fmri, Layer.MANIFEST, g)).toList();
        List<Snapshot> snapshots = Stream.of(Snapshot.INITIAL, Snapshot.LAST_IMPORT, Snapshot.RUNNING)
                .map(name -> new Snapshot(fmri, name, groups, List.of())).toList();
        return new Change("import " + fmri, 0, put, List.of(), snapshots, List.of());
    }

    private static void say(String what, String figure) {
        System.out.printf("%-52s %s%n", what, figure);
    }

    private static String milliseconds(long begun) {
        return String.format("%.1f ms", (System.nanoTime() - begun) / 1e6);
    }

    private static String seconds(long begun) {
        return String.format("%.2f s", (System.nanoTime() - begun) / 1e9);
    }

    private static long mean(List<Long> micros) {
        return (long) micros.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    private static String size(Path file) throws Exception {
        return String.format("%.1f MiB", Files.size(file) / 1048576.0);
    }

    private static String total(Path directory) throws Exception {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return String.format("%.1f MiB", bytes / 1048576.0);
    }

    private static String used() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1048576 + " MiB";
    }

    private static String peak() {
        return Runtime.getRuntime().totalMemory() / 1048576 + " MiB of " + Runtime.getRuntime().maxMemory() / 1048576;
    }
}
