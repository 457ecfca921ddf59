package dev.svc.it;

import dev.svc.contract.Contracts;
import dev.svc.engine.Adoption;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.LocalDisk;
import dev.svc.startd.Manager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A manager with a defect: it dies when it is to make a contract for one certain instance, as long as the root has a file `deadly`.
public final class DyingManager {
    static final String DEADLY = "svc:/site/deadly:default";

    private DyingManager() {}

    public static void main(String[] arguments) {
        SvcRoot root = SvcRoot.of(System.getenv(), 0);
        Adoption.Restarted restarted = System.getenv("SVC_KEEPER").equals("0")
                ? Adoption.Restarted.BY_ADMINISTRATOR
                : Adoption.Restarted.BY_KEEPER;
        Manager.Keepers keepers = new Manager.Keepers(new LocalDisk(), contracts -> defective(contracts, root.path().resolve("deadly")));
        System.exit(new Manager(root, Path.of(System.getProperty("svc.home")), 0, restarted, Optional.empty(), keepers).run());
    }

    private static Contracts defective(Contracts contracts, Path armed) {
        return (Contracts) Proxy.newProxyInstance(Contracts.class.getClassLoader(), new Class<?>[]{Contracts.class}, (_, method, given) -> {
            if (method.getName().equals("create") && given[0].toString().equals(DEADLY) && Files.exists(armed)) {
                Runtime.getRuntime().halt(1);
            }
            try {
                return method.invoke(contracts, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
