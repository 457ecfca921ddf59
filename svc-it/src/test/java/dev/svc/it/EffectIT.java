package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.UnreachableException;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An administrative session, during which the manager dies by SIGKILL after its n-th effect; for n = 1, 2, 3 and so on, until it
/// outlives the session. Effects of the takeover that precedes the session count, too.
///
/// There are some 450 of them: only each `svc.effect.stride`-th n is tried, from one that changes from run to run and is printed
/// (`svc.effect.first`). With stride 1 and first 1 all are.
@Timeout(7200) class EffectIT {
    private static final int STRIDE = Integer.getInteger("svc.effect.stride", 41);
    private static final int FIRST = Integer.getInteger("svc.effect.first", 1 + new Random().nextInt(STRIDE));
    private static final int ROOTS = 2;

    @Test void sessionSurvivesTheDeathOfTheManagerAfterAnyEffect() throws Exception {
        System.out.println("EffectIT: -Dsvc.effect.first=" + FIRST + " -Dsvc.effect.stride=" + STRIDE);
        AtomicInteger next = new AtomicInteger(FIRST);
        AtomicInteger outlived = new AtomicInteger(Integer.MAX_VALUE);
        List<String> wrong = new ArrayList<>();
        AtomicInteger sessions = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(ROOTS)) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < ROOTS; i++) {
                all.add(threads.submit(() -> sessions(next, outlived, sessions)));
            }
            for (Future<List<String>> each : all) {
                wrong.addAll(each.get());
            }
        }
        System.out.println("EffectIT: " + sessions + " sessions; the manager outlived the one with effect " + outlived);
        assertEquals(List.of(), wrong);
    }

    private static List<String> sessions(AtomicInteger next, AtomicInteger outlived, AtomicInteger sessions) throws Exception {
        try (Site site = Site.create()) {
            Session session = new Session(site);
            session.begin();
            while (true) {
                int n = next.getAndAdd(STRIDE);
                if (n >= outlived.get()) {
                    return List.of();
                }
                long doomed = session.arm(n);
                List<String> wrong = session.run();
                sessions.incrementAndGet();
                if (!wrong.isEmpty()) {
                    List<String> evidence = new ArrayList<>(List.of("effect " + n + ": " + wrong));
                    evidence.addAll(session.evidence());
                    outlived.set(0);
                    return evidence;
                }
                if (session.managerPid() == doomed) {
                    outlived.accumulateAndGet(n, Math::min);
                }
            }
        }
    }

    /// What an administrator does; in the end everything is as it was.
    private static final class Session {
        private final Site site;
        private final SvcRoot root;
        private final List<Pair> pairs = new ArrayList<>();
        private final Pair quiet = pair("quiet", Witness.Kind.DAEMON, Witness.Kind.CHILD);
        private final Pair toggled = pair("toggled", Witness.Kind.TWOFOLD, Witness.Kind.SLOW);
        private final Pair restarted = pair("restarted", Witness.Kind.STOPPED, Witness.Kind.CHILD);
        private final Pair once = pair("once", Witness.Kind.ONCE, Witness.Kind.DAEMON);
        private final Pair comer = pair("comer", Witness.Kind.DAEMON, Witness.Kind.ONCE);
        private Checker checker;
        private int number;

        Session(Site site) {
            this.site = site;
            this.root = new SvcRoot(site.root());
        }

        private Pair pair(String name, Witness.Kind base, Witness.Kind user) {
            Pair pair = new Pair(new Witness(name, base, true), new Witness(name + "-user", user, true, name));
            pairs.add(pair);
            return pair;
        }

        void begin() throws Exception {
            Witness.install(site);
            site.startKept(DoomedTree.script(site));
            List<String> services = new ArrayList<>();
            pairs.forEach(pair -> pair.both().forEach(each -> services.add(each.witness().xml(site))));
            site.bring(services.toArray(String[]::new));
            awaitCalm();
            checker = new Checker(site, List.of(), pairs);
        }

        private List<String> awaitCalm() {
            long until = System.nanoTime() + Site.LONG.toNanos();
            while (true) {
                Observed observed = Observed.of(site);
                List<String> unmet = new ArrayList<>();
                List<String> broken = new ArrayList<>();
                pairs.forEach(pair -> {
                    unmet.addAll(pair.unmet(site, observed));
                    broken.addAll(pair.broken(site));
                });
                if (!broken.isEmpty() || unmet.isEmpty()) {
                    return broken;
                }
                if (System.nanoTime() > until) {
                    return unmet;
                }
            }
        }

        /// Replaces the manager by one that dies after `n` effects; yields its pid.
        long arm(int n) throws IOException {
            Files.writeString(site.path("doom.new"), String.valueOf(n));
            Files.move(site.path("doom.new"), site.path("doom"));
            site.killManager();
            site.await("the doomed manager has begun", () -> !Files.exists(site.path("doom")));
            // It may be dead already.
            return managerPid();
        }

        long managerPid() {
            return site.manager().map(ProcessHandle::pid).orElse(-1L);
        }

        List<String> evidence() {
            List<String> evidence = new ArrayList<>();
            for (Pair pair : pairs) {
                evidence.addAll(pair.history());
                pair.both()
                        .forEach(e -> evidence.add("record of " + e.witness().name() + ":\n" + site.text("trace/" + e.witness().name())));
            }
            evidence.add("the manager:\n" + site.managerLog());
            return evidence;
        }

        List<String> run() throws IOException {
            Expected user = toggled.both().get(1);
            Expected base = toggled.both().get(0);
            enable(toggled, user, false);
            enable(toggled, user, true);
            change(toggled, base, synchronous("disable", base).add("temporary", true), e -> e.setUntilReboot(false));
            change(toggled, base, synchronous("enable", base).add("temporary", true), e -> e.setUntilReboot(true));
            enable(toggled, base, true);
            restart(restarted, restarted.both().get(0));
            restart(once, once.both().get(0));
            ask(synchronous("refresh", restarted.both().get(0)));
            number++;
            int n = number;
            change(quiet, quiet.both().get(0), JsonLines.object().add("do", "edit").add("entity", quiet.both().get(0).witness().service())
                    .add("edits", JsonLines.array().add(JsonLines.object().add("edit", "setprop").add("group", "config")
                            .add("property", "n").add("type", "integer").add("values", JsonLines.array(List.of(String.valueOf(n)))))),
                    e -> e.set(n));
            Expected child = restarted.both().get(1);
            change(restarted, child, synchronous("mark", child).add("state", "maintenance"), Expected::mark);
            change(restarted, child, synchronous("clear", child), Expected::clear);
            leaveAndCome();
            // The milestone must find everything up, or it would be started once less.
            List<String> early = awaitCalm();
            if (!early.isEmpty()) {
                return early;
            }
            milestone();
            List<String> wrong = awaitCalm();
            return wrong.isEmpty() ? checker.everything() : wrong;
        }

        private void leaveAndCome() throws IOException {
            for (Expected each : comer.both().reversed()) {
                tell(comer, JsonLines.object().add("do", "delete").add("patterns", JsonLines.array(List.of(each.witness().service())))
                        .add("force", true));
                comer.happened(each, Pair.Restart.NO, Expected::delete);
            }
            Path file = site.path("comer.xml");
            Files.writeString(file, Site.bundle(comer.both().stream().map(e -> e.witness().xml(site)).toArray(String[]::new)));
            tell(comer, JsonLines.object().add("do", "import").add("name", file.toString()).add("path", file.toString()).add("bundle",
                    Files.readString(file)));
            comer.both().forEach(each -> comer.happened(each, Pair.Restart.NO, Expected::bring));
        }

        private void milestone() throws IOException {
            for (String name : List.of("none", "all")) {
                ask(JsonLines.object().add("do", "milestone").add("name", name).add("synchronous", true));
            }
            for (Pair pair : pairs) {
                pair.happened(pair.both().get(0), Pair.Restart.YES, _ -> {});
            }
        }

        private void enable(Pair pair, Expected one, boolean enabled) throws IOException {
            change(pair, one, synchronous(enabled ? "enable" : "disable", one), e -> e.set(enabled));
        }

        private static JsonObjectBuilder synchronous(String verb, Expected one) {
            return JsonLines.object().add("do", verb).add("patterns", JsonLines.array(List.of(one.witness().fmri())))
                    .add("synchronous", true);
        }

        private void change(Pair pair, Expected one, JsonObjectBuilder request, java.util.function.Consumer<Expected> act)
                throws IOException {
            tell(pair, request);
            pair.happened(one, Pair.Restart.NO, act);
        }

        private void restart(Pair pair, Expected one) throws IOException {
            try (Client client = new Client(root)) {
                List<Members> replies = new ArrayList<>();
                int status = client.follow(synchronous("restart", one), Client.Repeat.NEVER, replies::add);
                assertEquals(0, status, replies::toString);
                pair.happened(one, Pair.Restart.YES, _ -> {});
            } catch (UnreachableException e) {
                if (!e.getMessage().contains("outcome unknown")) {
                    throw e;
                }
                pair.happened(one, Pair.Restart.PERHAPS, _ -> {});
            }
        }

        private void ask(JsonObjectBuilder request) throws IOException {
            tell(quiet, request);
        }

        private void tell(Pair pair, JsonObjectBuilder request) throws IOException {
            try (Client client = new Client(root)) {
                Client.Answer answer = client.ask(request);
                pair.note(answer.toString());
                if (answer.status() != 0) {
                    throw new AssertionError(answer + "\n" + site.managerLog());
                }
            }
        }
    }
}
