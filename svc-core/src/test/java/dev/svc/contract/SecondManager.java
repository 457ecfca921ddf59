package dev.svc.contract;

import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.nio.file.Path;

/// A manager in a process of its own, which only tries to open the root.
final class SecondManager {
    private SecondManager() {}

    public static void main(String[] arguments) throws IOException {
        boolean cgroups = arguments[2].equals(Contracts.Containment.CGROUP.name());
        CgroupPlaces places = cgroups ? CgroupPlaces.here() : CgroupPlaces.of("", "");
        try (Contracts _ = Containment.open(new SvcRoot(Path.of(arguments[0])), Path.of(arguments[1]), places)) {
            System.out.println("opened");
        } catch (RootHeldException e) {
            System.out.println(e.getMessage());
        }
    }
}
