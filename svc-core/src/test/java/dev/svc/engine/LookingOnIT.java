package dev.svc.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.contract.Containment;
import dev.svc.contract.Contracts;
import dev.svc.contract.Ending;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A manager that only looks on, and nobody who tells it to go on.
class LookingOnIT {
    @Test
    @Timeout(60) void itGoesOnByItselfWhenItHasBeenPatient(@TempDir Path directory) throws Exception {
        SvcRoot root = new SvcRoot(directory.resolve("root"));
        Path home = Files.createDirectories(directory.resolve("home/lib")).getParent();
        Files.createSymbolicLink(home.resolve("lib/svc.launch"), Path.of("src/main/sh/svc.launch").toAbsolutePath());
        try (Contracts contracts = Containment.open(root, home)) {
            Adoption.Setting setting = new Adoption.Setting(contracts, Place.below(root.state()), (_, _, _) -> {},
                    _ -> new Imports(List.of(), List.of()),
                    Map.of(), 0, Adoption.Restarted.BY_KEEPER, Optional.empty(), WorkMark.in(directory.resolve("working")));
            Serving onlooker = Adoption.lookOn(setting, new Caution(3, Optional.empty(), Duration.ofMillis(100)));
            assertEquals(Onlooker.GO_ON, onlooker.awaitEnd());
            assertTrue(onlooker.hasEnded());
            contracts.endBoot(contracts.root(), new Ending(Optional.empty(), 0));
        }
    }
}
