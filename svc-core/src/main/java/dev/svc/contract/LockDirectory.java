package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.posix.Flock;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The contracts where there are no cgroups, `/run/svc/contract`: for each a file with the FMRI of its instance, whose lock (flock(2)) its
/// processes hold by a descriptor they inherit. A contract can be joined as long as its file exists.
///
/// Beside it `<contract>.known` remembers processes that hold neither lock nor cookie any more and are known by descent only, a line
/// `<pid> <start time>` each, for a manager that comes after us.
record LockDirectory(Path directory) {
    private static final String KNOWN = ".known";

    Path file(ContractId contract) {
        return directory.resolve(contract.toString());
    }

    void create(InstanceFmri fmri, ContractId contract) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(file(contract), fmri + "\n");
    }

    /// All contracts there are, with their instances.
    Map<ContractId, InstanceFmri> all() throws IOException {
        Map<ContractId, InstanceFmri> contracts = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[1-9]*")) {
            for (Path file : files) {
                if (file.getFileName().toString().matches("[0-9]{1,18}")) {
                    fmri(file).ifPresent(fmri -> contracts.put(new ContractId(Long.parseLong(file.getFileName().toString())), fmri));
                }
            }
        } catch (NoSuchFileException _) {
            return Map.of();
        }
        return contracts;
    }

    private static Optional<InstanceFmri> fmri(Path file) throws IOException {
        try {
            return Optional.of(InstanceFmri.parse(Files.readString(file).strip()));
        } catch (InvalidFmriException _) {
            return Optional.empty();
        }
    }

    /// Whether somebody holds the lock of a contract. For a moment the asker does, which is why launchers wait for it.
    boolean isHeld(ContractId contract) throws IOException {
        if (!Files.exists(file(contract))) {
            return false;
        }
        Optional<Flock> free = Flock.tryExclusive(file(contract));
        free.ifPresent(Flock::close);
        return free.isEmpty();
    }

    void remove(ContractId contract) throws IOException {
        Files.deleteIfExists(known(contract));
        Files.deleteIfExists(file(contract));
    }

    void remember(ContractId contract, Set<ProcessIdentity> processes) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (ProcessIdentity process : processes) {
            lines.append(process.pid()).append(' ').append(process.startTicks()).append('\n');
        }
        LabelCopies.write(known(contract), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    Set<ProcessIdentity> remembered(ContractId contract) throws IOException {
        Optional<byte[]> lines = LabelCopies.read(known(contract));
        Set<ProcessIdentity> processes = new HashSet<>();
        if (lines.isPresent()) {
            for (String line : new String(lines.get(), StandardCharsets.US_ASCII).lines().toList()) {
                String[] fields = line.split(" ");
                processes.add(new ProcessIdentity(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
            }
        }
        return processes;
    }

    private Path known(ContractId contract) {
        return directory.resolve(contract + KNOWN);
    }
}
