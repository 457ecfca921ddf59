package dev.svc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Compares, from outside the manager, what has to be with what is: witnesses nobody touched, and pairs that were administered.
///
/// It trusts nobody's word for another's: starts are counted by the services' own records, processes by the kernel, twice (by contract
/// and among all processes of the machine), states by `svcs`, settings by `svcprop`; and what has to be by [Pair] alone.
final class Checker {
    /// A service that lives writes its beat every two seconds; on a machine under load it may be late.
    private static final long LATEST_BEAT_MILLIS = 30_000;

    private final Site site;
    private final List<Witness> untouched;
    private final List<Pair> pairs;
    private final Map<String, Long> pids = new TreeMap<>();

    /// To be made when every untouched witness is online for the first time.
    Checker(Site site, List<Witness> untouched, List<Pair> pairs) {
        this.site = site;
        this.untouched = List.copyOf(untouched);
        this.pairs = List.copyOf(pairs);
        new Living(site).services().forEach((name, processes) -> pids.put(name, processes.getFirst().pid()));
    }

    /// What is broken at this moment, whatever is under way and whether or not a manager lives.
    List<String> glance() {
        List<String> wrong = new ArrayList<>();
        Map<String, List<Living.Process>> services = new Living(site).services();
        for (Witness witness : untouched) {
            List<Living.Process> processes = services.getOrDefault(witness.name(), List.of());
            if (witness.kind().leavesProcess()
                    && !processes.stream().map(Living.Process::pid).toList().equals(List.of(pids.get(witness.name())))) {
                wrong.add(witness.name() + ", which nobody touched, had process " + pids.get(witness.name()) + " and has " + processes);
            }
        }
        return wrong;
    }

    /// What is broken now that nothing is under way any more.
    List<String> everything() throws IOException {
        List<String> wrong = new ArrayList<>(glance());
        Observed observed = Observed.of(site);
        for (Witness witness : untouched) {
            wrong.addAll(untouched(witness, observed));
        }
        if (!pairs.isEmpty()) {
            wrong.addAll(settings());
        }
        for (Pair pair : pairs) {
            wrong.addAll(pair.unmet(site, observed));
            wrong.addAll(pair.broken(site));
            for (Expected one : pair.both()) {
                wrong.addAll(contracts(one.witness(), observed, pair.isUp(one) && one.witness().kind().leavesProcess()));
            }
        }
        return wrong;
    }

    private List<String> untouched(Witness witness, Observed observed) throws IOException {
        List<String> wrong = new ArrayList<>();
        String state = observed.states().get(witness.fmri());
        if (!"online".equals(state)) {
            wrong.add(witness.name() + ", which nobody touched, is " + state);
        }
        Witness.Record record = witness.record(site);
        if (record.starts() != 1 || record.lines().size() != (witness.kind().leavesProcess() ? 2 : 1)) {
            wrong.add(witness.name() + ", which nobody touched, recorded " + record.lines());
        }
        wrong.addAll(contracts(witness, observed, witness.kind().leavesProcess()));
        return wrong;
    }

    private List<String> contracts(Witness witness, Observed observed, boolean runs) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Living.Process> processes = observed.services().getOrDefault(witness.name(), List.of());
        Set<String> named = new HashSet<>();
        if (runs) {
            named.add(observed.contracts().get(witness.fmri()));
        }
        for (Path root : site.groups()) {
            Set<String> found = new HashSet<>();
            Path group = root.resolve("site/" + witness.name() + ":default");
            for (Path contract : directories(group)) {
                found.add(contract.getFileName().toString());
            }
            if (!found.equals(named)) {
                wrong.add(witness.name() + " has contracts " + found + " and should have " + named);
            }
            for (Living.Process process : processes) {
                String expected = root.getFileName() + "/site/" + witness.name() + ":default/" + observed.contracts().get(witness.fmri());
                if (!process.group().endsWith(expected)) {
                    wrong.add(witness.name() + ": process " + process.pid() + " is in " + process.group() + " and not in " + expected);
                }
            }
        }
        if (runs && !processes.isEmpty()) {
            Path beat = site.path("trace/" + witness.name() + ".beat");
            long age = System.currentTimeMillis() - Files.getLastModifiedTime(beat).toMillis();
            if (age > LATEST_BEAT_MILLIS) {
                wrong.add(witness.name() + ": its last beat was " + age + " ms ago");
            }
        }
        return wrong;
    }

    private static List<Path> directories(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(group)) {
            return children.filter(Files::isDirectory).toList();
        }
    }

    private List<String> settings() {
        List<Expected> all = pairs.stream().flatMap(pair -> pair.both().stream()).filter(Expected::exists).toList();
        List<String> arguments = new ArrayList<>(List.of("-cf", "-p", "general/enabled", "-p", "config/n"));
        all.forEach(one -> arguments.add(one.witness().fmri()));
        Set<String> lines = new HashSet<>(site.ok("svcprop", arguments.toArray(String[]::new)).lines().toList());
        List<String> wrong = new ArrayList<>();
        for (Expected one : all) {
            for (String line : List.of(one.witness().fmri() + "/:properties/general/enabled boolean " + one.permanentlyEnabled(),
                    one.witness().service() + "/:properties/config/n integer " + one.number())) {
                if (!lines.contains(line)) {
                    wrong.add("not so any more: " + line);
                }
            }
        }
        return wrong;
    }
}
