package dev.svc.contract;

import dev.svc.contract.Contracts.Member;
import dev.svc.posix.BootClock;
import dev.svc.posix.ProcessStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is told of the processes of a contract one by one.
final class Processes {
    private Processes() {}

    /// The processes of those pids, by pid; without zombies and those that are gone.
    static List<Member> members(List<Long> pids) throws IOException {
        BootClock clock = BootClock.read();
        List<Member> members = new ArrayList<>();
        for (long pid : pids) {
            ProcessStat.of(pid)
                    .filter(stat -> !stat.isZombie())
                    .ifPresent(stat -> members.add(new Member(
                            pid, clock.seconds(stat.startTicks()), stat.command(),
                            String.join(" ", ProcessStat.commandLine(pid)).strip())));
        }
        members.sort(Comparator.comparingLong(Member::pid));
        return members;
    }
}
