package dev.svc.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// Runs scenarios over several threads, and makes a failing one short. The command line: see [#HELP].
public final class Simulator {
    static final String HELP = """
            usage: Simulator [--seed FIRST] [--scenarios COUNT] [--minutes M] [--threads N] [--replay SEED] [--only M,M..]
                             [--effects] [--digests]

              --seed FIRST       the first seed (1)
              --scenarios COUNT  how many seeds from there (20000); with --minutes, no limit
              --minutes M        go on for so long
              --threads N        how many scenarios at a time (one for each processor)
              --replay SEED      play one scenario and tell its story
              --only M,..        in a replay, make these moves only
              --effects          in a replay, tell what the managers did, too
              --digests          play one scenario after another and print the digest of each: the same in every JVM

            A failing seed is printed with the moves it needs, and the status is 1.
            """;
    // Kept: a logger that nobody holds loses its level.
    private static final Logger OURS = Logger.getLogger("dev.svc");
    private static final String PASSES = "it passes";

    final AtomicLong steps = new AtomicLong();
    final AtomicLong kills = new AtomicLong();
    final AtomicLong played = new AtomicLong();

    /// A seed that failed.
    record Failure(long seed, Optional<Set<Integer>> only, String message, String story, String digest) {
        @Override public String toString() {
            String moves = only.map(m -> " --only " + m.stream().map(String::valueOf).collect(Collectors.joining(","))).orElse("");
            return "seed " + seed + ": " + message + "\nreplay: --replay " + seed + moves + "\n" + story + "\ndigest: " + digest;
        }
    }

    /// What a manager says is told by the scenario where it matters.
    static void silence() {
        OURS.setLevel(Level.OFF);
    }

    /// Plays `count` seeds from `first`, or until `nanos` are over; yields the failures, shortened.
    List<Failure> run(long first, long count, long nanos, int threads, int mostFailures) {
        silence();
        AtomicLong next = new AtomicLong(first);
        List<Failure> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger failed = new AtomicInteger();
        long begun = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().name("simulation-" + i).start(() -> {
                while (failed.get() < mostFailures && System.nanoTime() - begun < nanos) {
                    long seed = next.getAndIncrement();
                    if (seed >= first + count) {
                        break;
                    }
                    fails(seed, _ -> true).ifPresent(message -> {
                        failed.incrementAndGet();
                        failures.add(shortened(seed, message));
                    });
                }
            }));
        }
        all.forEach(t -> {
            try {
                t.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return failures;
    }

    /// Why a scenario fails, if it does.
    private Optional<String> fails(long seed, IntPredicate included) {
        Scenario scenario = new Scenario(seed, included, new Trace(Trace.Kept.NOTHING));
        try {
            scenario.play();
            return Optional.empty();
        } catch (AssertionError | RuntimeException | LinkageError e) {
            return Optional.of(String.valueOf(e));
        } finally {
            steps.addAndGet(scenario.steps());
            kills.addAndGet(scenario.kills());
            played.incrementAndGet();
        }
    }

    /// Leaves out moves, fewer and fewer at a time, as long as the scenario fails in the same way.
    private Failure shortened(long seed, String message) {
        String kind = kind(message);
        int moves = new Scenario(seed, _ -> true, new Trace(Trace.Kept.NOTHING)).moves();
        Set<Integer> without = new HashSet<>();
        for (int chunk = Math.max(1, moves / 2); chunk >= 1; chunk /= 2) {
            for (int from = 0; from < moves; from += chunk) {
                Set<Integer> more = new HashSet<>(without);
                for (int i = from; i < from + chunk; i++) {
                    more.add(i);
                }
                if (more.size() > without.size() && fails(seed, m -> !more.contains(m)).filter(m -> kind(m).equals(kind)).isPresent()) {
                    without = more;
                }
            }
        }
        Set<Integer> only = new TreeSet<>();
        for (int i = 0; i < moves; i++) {
            if (!without.contains(i)) {
                only.add(i);
            }
        }
        return told(seed, Optional.of(only), Trace.Kept.STORY);
    }

    // Without numbers and names.
    private static String kind(String message) {
        String plain = message.replaceAll("svc:\\S+|[0-9]+", "");
        return plain.substring(0, Math.min(40, plain.length()));
    }

    /// Plays one scenario, or some moves of it.
    static Failure told(long seed, Optional<Set<Integer>> only, Trace.Kept kept) {
        Trace trace = new Trace(kept);
        Scenario scenario = new Scenario(seed, m -> only.isEmpty() || only.get().contains(m), trace);
        String message = PASSES;
        try {
            scenario.play();
        } catch (AssertionError | RuntimeException e) {
            StringBuilder where = new StringBuilder(String.valueOf(e));
            for (StackTraceElement element : e.getStackTrace()) {
                if (element.getClassName().startsWith("dev.svc.") && where.length() < 4000) {
                    where.append("\n    at ").append(element);
                }
            }
            message = where.toString();
        }
        return new Failure(seed, only, message, trace.lines(), trace.digest());
    }

    public static void main(String[] arguments) {
        long first = 1;
        long count = 20_000;
        long nanos = Long.MAX_VALUE;
        int threads = Runtime.getRuntime().availableProcessors();
        Optional<Long> replay = Optional.empty();
        Optional<Set<Integer>> only = Optional.empty();
        Trace.Kept kept = Trace.Kept.STORY;
        boolean digests = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--seed" -> first = Long.parseLong(arguments[++i]);
                    case "--scenarios" -> count = Long.parseLong(arguments[++i]);
                    case "--minutes" -> {
                        nanos = (long) (Double.parseDouble(arguments[++i]) * 60e9);
                        count = Long.MAX_VALUE - first;
                    }
                    case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                    case "--replay" -> replay = Optional.of(Long.parseLong(arguments[++i]));
                    case "--only" -> only = Optional.of(Arrays.stream(arguments[++i].split(",")).filter(m -> !m.isEmpty())
                            .map(Integer::valueOf).collect(Collectors.toSet()));
                    case "--effects" -> kept = Trace.Kept.EFFECTS;
                    case "--digests" -> digests = true;
                    case "--help" -> {
                        System.out.print(HELP);
                        return;
                    }
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            System.err.println("Simulator: " + e.getMessage());
            System.err.print(HELP);
            System.exit(2);
        }
        if (replay.isPresent()) {
            silence();
            Failure told = told(replay.get(), only, kept);
            System.out.println(told);
            System.exit(told.message().equals(PASSES) ? 0 : 1);
        }
        if (digests) {
            silence();
            for (long seed = first; seed < first + count; seed++) {
                System.out.println(seed + " " + told(seed, Optional.empty(), Trace.Kept.DIGEST).digest());
            }
            return;
        }
        Simulator simulator = new Simulator();
        long begun = System.nanoTime();
        List<Failure> failures = simulator.run(first, count, nanos, threads, 5);
        double seconds = (System.nanoTime() - begun) / 1e9;
        failures.forEach(System.out::println);
        System.out.printf("%d scenarios, %d steps, %d managers killed in %.1f s: %.0f scenarios/s; %d failed%n", simulator.played.get(),
                simulator.steps.get(), simulator.kills.get(), seconds, simulator.played.get() / seconds, failures.size());
        System.exit(failures.isEmpty() ? 0 : 1);
    }
}
