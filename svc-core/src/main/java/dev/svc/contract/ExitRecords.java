package dev.svc.contract;

import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A directory of exit records: entries whose name is the content, `<contract>.<status>`, the status being a shell's `$?`. They are
/// empty files; where there was no room for a file, empty groups beside the contract.
record ExitRecords(Path directory) {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})\\.([0-9]{1,3})");

    /// How the method of a contract ended.
    record ExitRecord(ContractId contract, WaitStatus status, Path path) {}

    /// The record of that name; nothing if it is not the name of one.
    Optional<ExitRecord> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ContractId contract = new ContractId(Long.parseLong(matcher.group(1)));
        return Optional.of(new ExitRecord(
                contract, WaitStatus.ofShell(Integer.parseInt(matcher.group(2))), directory.resolve(name)));
    }

    /// All records; none if there is no such directory.
    Map<ContractId, ExitRecord> all() throws IOException {
        Map<ContractId, ExitRecord> records = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                named(entry.getFileName().toString()).ifPresent(record -> records.put(record.contract(), record));
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Map.of();
        }
        return records;
    }

    /// The record of one contract.
    Optional<ExitRecord> of(ContractId contract) throws IOException {
        // Most methods succeed: this spares a listing of what may be thousands.
        String success = contract + ".0";
        if (Files.exists(directory.resolve(success))) {
            return named(success);
        }
        return Optional.ofNullable(all().get(contract));
    }
}
