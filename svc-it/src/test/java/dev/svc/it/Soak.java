package dev.svc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Random administration, and random SIGKILLs of manager, keeper, launchers and services, for as long as asked; a [Checker] looks on.
///
/// ```
///   administrators ──► svcadm, svccfg ──► manager ──► witnesses ──► their records ─┐
///        │ what was acknowledged             ▲            ▲                         ▼
///        ▼                                   │            │                     Checker ──► what is broken
///      Pairs ────────────────────────────────┼────────────┼─────────────────────────▲
///                                     killer ┴────────────┘  SIGKILL, damage        │ svcs, /proc, cgroups
/// ```
///
/// Of the services three quarters are never touched by anybody: they must not notice anything at all. The others are pairs; each
/// administrator does something to one of his pairs only when what he did to it before has come true.
public final class Soak {
    private static final Pattern ADOPTED = Pattern.compile("adopted in (\\d+) ms, (\\d+) ms after exec");
    private static final int ADMINISTRATORS = 2;

    /// How much of it there is to be.
    ///
    /// @param services how many services there are, a multiple of 8
    /// @param kills how often the manager is killed; it ends then
    /// @param longest it ends after that time, too
    public record Measure(int services, int kills, Duration longest, long seed) {}

    /// What came of it.
    public record Figures(int kills, int keeperKills, int launcherKills, int serviceKills, int damages, int acts, long slowestActMillis,
            List<Long> adoptedMillis, List<String> wrong) {
        @Override public String toString() {
            List<Long> sorted = adoptedMillis.stream().sorted().toList();
            return """
                    managers killed        %d
                    of these with keeper   %d
                    launchers killed       %d
                    services killed        %d
                    databases damaged      %d
                    acts of administration %d, the slowest answered after %d ms
                    exec to adopted, ms    median %d, longest %d
                    broken                 %s
                    """.formatted(kills, keeperKills, launcherKills, serviceKills, damages, acts, slowestActMillis,
                    sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2), sorted.isEmpty() ? 0 : sorted.getLast(),
                    wrong.isEmpty() ? "nothing" : wrong.size() + " things:\n" + String.join("\n", wrong));
        }
    }

    private final Measure measure;
    private final Site site;
    private final List<Witness> untouched = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger acts = new AtomicInteger();
    private final AtomicInteger serviceKills = new AtomicInteger();
    private volatile long slowestActMillis;
    private volatile boolean over;
    private int kills;
    private int keeperKills;
    private int launcherKills;
    private int damages;

    private Soak(Measure measure, Site site) {
        this.measure = measure;
        this.site = site;
        List<Witness.Kind> kinds = Witness.Kind.UNGATED;
        for (int i = 0; i < measure.services() * 3 / 4; i++) {
            // Each but the first in eight requires its neighbour.
            Witness.Kind kind = kinds.get(i % kinds.size());
            untouched.add(i % 8 == 0
                    ? new Witness("kept" + i, kind, true)
                    : new Witness("kept" + i, kind, true, "kept" + (i - 1)));
        }
        for (int i = 0; i < measure.services() / 8; i++) {
            Witness base = new Witness("base" + i, kinds.get(i % kinds.size()), i % 2 == 0);
            pairs.add(new Pair(base, new Witness("user" + i, kinds.get(i / kinds.size() % kinds.size()), i % 3 == 0, base.name())));
        }
    }

    private static final String USAGE = """
            Usage: bench/soak.sh [--services N] [--kills N] [--minutes N] [--seed N] [--help]

            Random administration of N services (200), a quarter of which it touches, and random SIGKILLs of manager, keeper, launchers
            and services, until the manager was killed N times (1000) or N minutes (60) have passed. Now and then the database is damaged.
            Says how often what was killed, and all that is broken: a service that was restarted, started twice, forgotten, run again,
            or lost a change that was acknowledged. Exit status: 0 nothing is broken, 1 something is, 2 usage.
            """;

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int services = 200;
        int kills = 1000;
        long minutes = 60;
        long seed = System.nanoTime();
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                switch (arguments[i]) {
                    case "--services" -> services = Math.max(8, Integer.parseInt(arguments[i + 1]) / 8 * 8);
                    case "--kills" -> kills = Integer.parseInt(arguments[i + 1]);
                    case "--minutes" -> minutes = Long.parseLong(arguments[i + 1]);
                    case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                    case "--help" -> {
                        System.out.print(USAGE);
                        return;
                    }
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Measure measure = new Measure(services, kills, Duration.ofMinutes(minutes), seed);
        System.out.println("soak: --services " + services + " --kills " + kills + " --minutes " + minutes + " --seed " + seed);
        Figures figures = run(measure);
        System.out.print(figures);
        System.exit(figures.wrong().isEmpty() ? 0 : 1);
    }

    /// Runs it in a root of its own.
    static Figures run(Measure measure) throws IOException, InterruptedException {
        try (Site site = Site.create()) {
            return run(measure, site);
        }
    }

    /// Runs it in a root where nothing was started yet.
    static Figures run(Measure measure, Site site) throws IOException, InterruptedException {
        return new Soak(measure, site).run();
    }

    private Figures run() throws IOException, InterruptedException {
        Witness.install(site);
        site.startKept();
        List<String> services = new ArrayList<>();
        untouched.forEach(w -> services.add(w.xml(site)));
        pairs.forEach(p -> p.both().forEach(e -> services.add(e.witness().xml(site))));
        site.bring(services.toArray(String[]::new));
        awaitCalm();
        Checker checker = new Checker(site, untouched, pairs);
        List<Thread> administrators = new ArrayList<>();
        for (int i = 0; i < ADMINISTRATORS; i++) {
            int which = i;
            administrators.add(Thread.ofPlatform().name("administrator-" + i).start(() -> administer(which)));
        }
        kill(checker);
        over = true;
        for (Thread administrator : administrators) {
            administrator.join();
        }
        if (wrong.isEmpty()) {
            awaitCalm();
            wrong.addAll(checker.everything());
        }
        if (!wrong.isEmpty()) {
            wrong.addAll(evidence());
        }
        return new Figures(kills, keeperKills, launcherKills, serviceKills.get(), damages, acts.get(), slowestActMillis, adoptions(),
                wrong);
    }

    /// All that is known of the witnesses which what is wrong speaks of.
    private List<String> evidence() {
        List<String> evidence = new ArrayList<>();
        String complaints = String.join("\n", wrong);
        for (Pair pair : pairs) {
            if (pair.both().stream().anyMatch(e -> complaints.matches("(?s).*\\b" + e.witness().name() + "\\b.*"))) {
                evidence.addAll(pair.history());
                for (Expected one : pair.both()) {
                    String name = one.witness().name();
                    evidence.add("record of " + name + ":\n" + site.text("trace/" + name));
                    evidence.add("log of " + name + ":\n" + site.log("site-" + name + ":default"));
                }
            }
        }
        evidence.add("the manager:\n" + site.managerLog().lines().filter(l -> !l.contains("/main: svc.startd ")).reduce("",
                (all, line) -> all + line + "\n"));
        return evidence;
    }

    private void awaitCalm() {
        List<String> unmet = List.of("not looked at yet");
        long until = System.nanoTime() + Site.LONG.multipliedBy(2).toNanos();
        while (!unmet.isEmpty()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not calm: " + unmet + "\n" + site.managerLog());
            }
            Observed observed = Observed.of(site);
            unmet = new ArrayList<>();
            for (Witness witness : untouched) {
                if (!"online".equals(observed.states().get(witness.fmri()))
                        || witness.kind().leavesProcess() && !observed.services().containsKey(witness.name())) {
                    unmet.add(witness.name());
                }
            }
            for (Pair pair : pairs) {
                unmet.addAll(pair.unmet(site, observed));
            }
        }
    }

    private List<Long> adoptions() {
        List<Long> all = new ArrayList<>();
        Matcher matcher = ADOPTED.matcher(site.managerLog());
        while (matcher.find()) {
            all.add(Long.parseLong(matcher.group(2)));
        }
        return all;
    }

    // The killer.

    private void kill(Checker checker) throws IOException, InterruptedException {
        Random random = new Random(measure.seed());
        long until = System.nanoTime() + measure.longest().toNanos();
        while (kills < measure.kills() && wrong.isEmpty() && System.nanoTime() < until) {
            if (random.nextInt(3) > 0) {
                site.await("a manager", site::answers);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
            if (random.nextInt(3) == 0) {
                launcher(random).ifPresent(pid -> {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                    launcherKills++;
                });
            }
            if (random.nextInt(40) == 0) {
                damage(random);
            } else if (random.nextInt(20) == 0) {
                killKeeperAndManager();
                site.startKept();
            } else {
                site.manager().ifPresent(manager -> {
                    Site.kill(manager);
                    kills++;
                });
            }
            wrong.addAll(checker.glance());
            pairs.forEach(pair -> wrong.addAll(pair.broken(site)));
        }
    }

    private void killKeeperAndManager() {
        ProcessHandle keeper = site.keeper().orElseThrow();
        Site.kill(keeper);
        site.orphanedManagers().forEach(manager -> {
            Site.kill(manager);
        });
        keeperKills++;
        kills++;
    }

    /// A launcher of an administered service that may be lost; its pair is told.
    private java.util.Optional<Long> launcher(Random random) {
        List<Pair> shuffled = new ArrayList<>(pairs);
        Collections.shuffle(shuffled, random);
        for (Pair pair : shuffled) {
            for (Expected one : pair.both()) {
                List<Long> launchers = Site.launchers(site.path("var/svc/log/site-" + one.witness().name() + ":default.log"));
                if (!launchers.isEmpty() && pair.mayLoseLauncher()) {
                    pair.lostLauncher();
                    return java.util.Optional.of(launchers.getFirst());
                }
            }
        }
        return java.util.Optional.empty();
    }

    private void damage(Random random) throws IOException {
        boolean dead = random.nextBoolean();
        if (dead) {
            killKeeperAndManager();
        }
        Path database = site.path("var/lib/svc/repository.db");
        if (Files.exists(database)) {
            switch (random.nextInt(3)) {
                case 0 -> Files.delete(database);
                case 1 -> {
                    byte[] noise = new byte[(int) Files.size(database)];
                    random.nextBytes(noise);
                    Files.write(database, noise, StandardOpenOption.WRITE);
                }
                default -> {
                    try (var channel = Files.newByteChannel(database, StandardOpenOption.WRITE)) {
                        channel.truncate(channel.size() / 2);
                    }
                }
            }
            damages++;
        }
        if (dead) {
            site.startKept();
        }
    }

    // The administrators.

    private void administer(int which) {
        Random random = new Random(measure.seed() + 1 + which);
        List<Pair> mine = new ArrayList<>();
        for (int i = which; i < pairs.size(); i += ADMINISTRATORS) {
            mine.add(pairs.get(i));
        }
        try {
            while (!over && wrong.isEmpty()) {
                Pair pair = mine.get(random.nextInt(mine.size()));
                if (pair.unmet(site, Observed.of(site)).isEmpty()) {
                    pair.actBegins();
                    act(pair, pair.both().get(random.nextInt(2)), random);
                    pair.actEnded();
                } else {
                    pairIsLate(pair);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            wrong.add(Thread.currentThread().getName() + ": " + e);
        }
    }

    private final java.util.Map<Pair, Long> lateSince = new java.util.concurrent.ConcurrentHashMap<>();

    private void pairIsLate(Pair pair) {
        long now = System.nanoTime();
        long since = lateSince.computeIfAbsent(pair, _ -> now);
        if (now - since > Site.LONG.multipliedBy(2).toNanos()) {
            wrong.add("never came true: " + pair.unmet(site, Observed.of(site)));
        }
    }

    private void act(Pair pair, Expected one, Random random) {
        lateSince.remove(pair);
        String fmri = one.witness().fmri();
        if (!one.exists()) {
            if (acknowledged("svccfg", "import", bundle(one))) {
                pair.happened(one, Pair.Restart.NO, Expected::bring);
            }
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> enable(pair, one, true, random);
            case 2, 3 -> enable(pair, one, false, random);
            case 4, 5 -> restart(pair, one);
            case 6 -> acknowledged("svcadm", "refresh", fmri);
            case 7 -> killService(pair, one);
            case 8 -> mark(pair, one);
            case 9 -> delete(pair, one);
            default -> {
                int n = random.nextInt(1_000_000);
                if (acknowledged("svccfg", "-s", one.witness().service(), "setprop", "config/n", "=", "integer:", String.valueOf(n))) {
                    pair.happened(one, Pair.Restart.NO, e -> e.set(n));
                }
            }
        }
    }

    private String bundle(Expected one) {
        Path file = site.path("bundle-" + one.witness().name() + ".xml");
        try {
            Files.writeString(file, Site.bundle(one.witness().xml(site)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return file.toString();
    }

    private void enable(Pair pair, Expected one, boolean enabled, Random random) {
        String verb = enabled ? "enable" : "disable";
        if (random.nextInt(3) == 0) {
            if (acknowledged("svcadm", verb, "-t", one.witness().fmri())) {
                pair.happened(one, Pair.Restart.NO, e -> e.setUntilReboot(enabled));
            }
        } else if (acknowledged("svcadm", verb, one.witness().fmri())) {
            pair.happened(one, Pair.Restart.NO, e -> e.set(enabled));
        }
    }

    private void restart(Pair pair, Expected one) {
        if (!pair.isUp(one)) {
            return;
        }
        Site.Result result = timed("svcadm", "restart", one.witness().fmri());
        // Nobody can say whether it happened; svcadm does not ask twice.
        boolean unknown = result.err().contains("outcome unknown");
        if (result.status() == 0 || unknown) {
            pair.happened(one, unknown ? Pair.Restart.PERHAPS : Pair.Restart.YES, _ -> {});
        } else {
            refused(result, "svcadm restart " + one.witness().fmri());
        }
    }

    private void killService(Pair pair, Expected one) {
        if (!pair.isUp(one) || !one.witness().kind().leavesProcess()) {
            return;
        }
        for (Living.Process process : new Living(site).services().getOrDefault(one.witness().name(), List.of())) {
            pair.happened(one, Pair.Restart.YES, _ -> {});
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            serviceKills.incrementAndGet();
            pair.note("killed " + process);
        }
    }

    private void mark(Pair pair, Expected one) {
        if (one.inMaintenance()) {
            if (acknowledged("svcadm", "clear", one.witness().fmri())) {
                pair.happened(one, Pair.Restart.NO, Expected::clear);
            }
        } else if (pair.isUp(one) && acknowledged("svcadm", "mark", "maintenance", one.witness().fmri())) {
            pair.happened(one, Pair.Restart.NO, Expected::mark);
        }
    }

    private void delete(Pair pair, Expected one) {
        Site.Result result;
        do {
            result = timed("svccfg", "delete", "-f", one.witness().service());
            // Asked again, as the manager died before it could answer, svccfg finds nothing left to delete.
        } while (result.status() != 0 && !result.err().contains("doesn't match any") && !refused(result, "svccfg delete"));
        pair.happened(one, Pair.Restart.NO, Expected::delete);
    }

    /// Asks until it is acknowledged; false if it is refused, which is wrong.
    private boolean acknowledged(String command, String... arguments) {
        while (true) {
            Site.Result result = timed(command, arguments);
            if (result.status() == 0) {
                return true;
            }
            String what = command + " " + String.join(" ", arguments);
            if (!refused(result, what)) {
                continue;
            }
            return false;
        }
    }

    /// Whether a command was refused, and not only found no manager while its keeper was dead, too.
    private boolean refused(Site.Result result, String what) {
        if (result.err().contains("is not running") || result.err().contains("went away")) {
            return false;
        }
        wrong.add(what + ": status " + result.status() + ": " + result.err().strip() + result.out().strip());
        return true;
    }

    private Site.Result timed(String command, String... arguments) {
        long begun = System.nanoTime();
        Site.Result result = site.svc(command, arguments);
        acts.incrementAndGet();
        String line = String.join(" ", arguments) + ": " + result.status() + " " + result.err().strip();
        pairs.stream().filter(pair -> pair.isAbout(line)).forEach(pair -> pair.note(line));
        slowestActMillis = Math.max(slowestActMillis, (System.nanoTime() - begun) / 1_000_000);
        return result;
    }
}
