package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The processes of a contract that is a cgroup.
record CgroupMembership(ContractId contract, Cgroup group) implements Membership {
    private static final String TOLD = "svc.oom";

    @Override public boolean isPopulated() throws IOException { return group.isPopulated(); }

    @Override public List<Long> pids() throws IOException {
        return group.pids();
    }

    @Override public Optional<Path> watchable() {
        return Optional.of(group.path());
    }

    @Override public OptionalLong untoldOomKills() throws IOException {
        OptionalLong now = OomKills.count(group.path().resolve(Cgroup.MEMORY_EVENTS));
        if (now.isEmpty() || now.getAsLong() == 0) {
            return OptionalLong.empty();
        }
        long told = group.attribute(TOLD).map(value -> Long.parseLong(new String(value, StandardCharsets.US_ASCII))).orElse(0L);
        return now.getAsLong() > told ? now : OptionalLong.empty();
    }

    @Override public void markOomKills(long told) throws IOException {
        if (group.exists()) {
            group.setAttribute(TOLD, Long.toString(told).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override public Optional<ExitRecord> recordBeside() throws IOException {
        return new ExitRecords(group.path().getParent()).of(contract);
    }
}
