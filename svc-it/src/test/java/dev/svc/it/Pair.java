package dev.svc.it;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Two witnesses, the second of which requires the first and is restarted with it; what is done to them is done one after the other.
final class Pair {
    private final Expected base;
    private final Expected user;
    private final List<String> history = new ArrayList<>();
    private int launchersKilled;
    private int underWay;

    Pair(Witness base, Witness user) {
        this.base = new Expected(base);
        this.user = new Expected(user);
        count(false, false);
    }

    /// Whether an act starts anew what runs.
    enum Restart {
        NO, YES, PERHAPS
    }

    List<Expected> both() {
        return List.of(base, user);
    }

    boolean isUp(Expected one) {
        return one == base ? base.able() : base.able() && user.able();
    }

    String state(Expected one) {
        return one.state(one == base || base.able());
    }

    /// Whether a command line names one of the two.
    boolean isAbout(String line) {
        return both().stream().anyMatch(e -> line.contains(e.witness().fmri()) || line.contains(e.witness().service() + " ")
                || line.contains(e.witness().service() + ":") || line.contains("-" + e.witness().name() + ".xml"));
    }

    /// Notes what was done, for whoever has to find out why it went wrong.
    synchronized void note(String line) {
        history.add(Instant.now() + " " + line);
    }

    synchronized List<String> history() {
        return List.copyOf(history);
    }

    /// An act begins: what it does may be seen before it is acknowledged.
    synchronized void actBegins() {
        underWay = 1;
    }

    synchronized void actEnded() {
        underWay = 0;
    }

    /// Notes an act on `one` that was acknowledged, or (PERHAPS) may have been carried out.
    synchronized void happened(Expected one, Restart restart, Consumer<Expected> act) {
        boolean baseWasUp = isUp(base);
        boolean userWasUp = isUp(user);
        act.accept(one);
        count(baseWasUp, userWasUp);
        if (restart != Restart.NO) {
            for (Expected each : one == base ? both() : List.of(user)) {
                if (isUp(each)) {
                    again(each, restart);
                }
            }
        }
    }

    private void count(boolean baseWasUp, boolean userWasUp) {
        if (isUp(base) && !baseWasUp) {
            base.startedOnce();
        }
        if (isUp(user) && !userWasUp) {
            user.startedOnce();
        }
        launchersKilled = 0;
    }

    private static void again(Expected one, Restart restart) {
        if (restart == Restart.YES) {
            one.startedOnce();
        } else {
            one.mayHaveStarted();
        }
    }

    /// Whether one more start that fails would still not be one too many.
    synchronized boolean mayLoseLauncher() {
        return launchersKilled == 0;
    }

    /// Notes that a launcher of one of the two was killed.
    synchronized void lostLauncher() {
        launchersKilled++;
        note("lost a launcher");
        both().forEach(Expected::mayHaveStarted);
    }

    /// What is not as it has to be, though it may still be on its way there.
    synchronized List<String> unmet(Site site, Observed observed) {
        List<String> unmet = new ArrayList<>();
        for (Expected one : both()) {
            String name = one.witness().name();
            String state = observed.states().getOrDefault(one.witness().fmri(), "absent");
            String expected = one.exists() ? state(one) : "absent";
            if (!state.equals(expected)) {
                unmet.add(name + " is " + state + " and not " + expected);
            }
            long lives = observed.services().getOrDefault(name, List.of()).size();
            long processes = isUp(one) && one.witness().kind().leavesProcess() ? 1 : 0;
            if (lives != processes) {
                unmet.add(name + " has " + lives + " processes and not " + processes);
            }
            long starts = one.witness().record(site).starts();
            if (starts < one.leastStarts()) {
                unmet.add(name + " was started " + starts + " times and not " + one.leastStarts());
            }
        }
        return unmet;
    }

    /// What can never be right again.
    synchronized List<String> broken(Site site) {
        List<String> broken = new ArrayList<>();
        for (Expected one : both()) {
            Witness.Record record = one.witness().record(site);
            if (record.starts() > one.mostStarts() + underWay) {
                broken.add(one.witness().name() + " was started " + record.starts() + " times, expected were " + one.leastStarts() + " to "
                        + one.mostStarts());
            }
            if (record.count("twice") > 0) {
                broken.add(one.witness().name() + " ran twice at a time: " + record.lines());
            }
        }
        return broken;
    }
}
