package dev.svc.contract;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.contract.Watched.Seen;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.WaitStatus;
import dev.svc.posix.ProcessStat;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.FoundContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The reading of what there is when a manager starts, contract by contract, exit records last: a launcher that is seen has not yet
/// written its record, and one that is not seen has.
///
/// The contracts must be reported ([ContractWatch#report]) before. What is read is also put into their [Watched], so that the watch goes
/// on from there.
final class Survey {
    private final ExitRecords exits;
    private final Map<ContractId, ExitRecord> recordedBefore;
    private final Map<InstanceFmri, List<Watched>> contracts = new HashMap<>();
    private final Map<InstanceFmri, LabelReading> labels = new HashMap<>();
    private final Map<ContractId, Inside> insides = new HashMap<>();

    /// Who is in a contract.
    private record Inside(boolean populated, boolean launcher, boolean visible) {
        private static final Inside NOBODY = new Inside(false, false, true);
    }

    Survey(ExitRecords exits) throws IOException {
        this.exits = exits;
        this.recordedBefore = exits.all();
    }

    /// Reads one instance.
    ///
    /// @param copies of its label, those that exist
    void read(InstanceFmri fmri, List<byte[]> copies, List<Watched> of) throws IOException {
        labels.put(fmri, LabelReading.of(fmri, copies));
        contracts.put(fmri, of);
        for (Watched contract : of) {
            Inside inside = inside(contract);
            contract.seen = inside.populated() ? Seen.SOMEBODY : Seen.NOBODY;
            insides.put(contract.contract, inside);
        }
    }

    private Inside inside(Watched contract) throws IOException {
        if (!contract.membership.isPopulated()) {
            return Inside.NOBODY;
        }
        List<Long> pids = contract.membership.pids();
        // With a record its launcher is done; spare us looking at each process.
        if (!recordedBefore.containsKey(contract.contract)) {
            contract.adopted = pids.stream()
                    .filter(pid -> pid != 0 && Launcher.isLauncher(pid, contract.contract))
                    .findFirst()
                    .flatMap(ProcessStat::of)
                    .map(ProcessStat::identity);
        }
        return new Inside(true, contract.adopted.isPresent(), !pids.contains(0L));
    }

    /// Reads the exit records and yields everything. Records that belong to no contract and to no label are deleted.
    List<Found> finish() throws IOException {
        Map<ContractId, ExitRecord> records = new HashMap<>(exits.all());
        List<Found> all = new ArrayList<>();
        for (Map.Entry<InstanceFmri, LabelReading> instance : labels.entrySet()) {
            LabelReading label = instance.getValue();
            List<FoundContract> found = new ArrayList<>();
            for (Watched contract : contracts.get(instance.getKey())) {
                found.add(found(contract, records));
            }
            named(label).forEach(id -> Optional.ofNullable(records.remove(id)).ifPresent(record -> found.add(
                    new FoundContract(id, false, false, false, true, Optional.of(record.status())))));
            all.add(new Found(instance.getKey(), label.label(), label.reading(), found));
        }
        for (ExitRecord orphan : records.values()) {
            Files.deleteIfExists(orphan.path());
        }
        return all;
    }

    private FoundContract found(Watched contract, Map<ContractId, ExitRecord> records) throws IOException {
        Optional<ExitRecord> record = Optional.ofNullable(records.remove(contract.contract));
        if (record.isEmpty()) {
            record = contract.membership.recordBeside();
        }
        contract.record = record;
        Inside inside = insides.get(contract.contract);
        Optional<WaitStatus> exit = record.map(ExitRecord::status);
        return new FoundContract(contract.contract, true, inside.populated(), inside.launcher(), inside.visible(), exit);
    }

    private static List<ContractId> named(LabelReading label) {
        return label.label().map(known -> known.phase().contracts()).orElse(List.of());
    }
}
