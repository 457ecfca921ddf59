package dev.svc.it.doomed;

import dev.svc.contract.Contracts;
import dev.svc.engine.Adoption;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.Disk;
import dev.svc.repository.LocalDisk;
import dev.svc.startd.Manager;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A manager that dies by SIGKILL after as many effects as the file `doom` of its root says, counted from its first; it deletes the file,
/// so its successor lives. Without the file it is the ordinary manager.
///
/// An effect is a call that changes something: a label, a contract, an exit record, a signal, a launch; an append to the journal, its
/// sync, a statement or the commit of SQLite, a rename. So it dies between the parts of a commit, too.
final class DoomedManager {
    /// What changes something, by the type it is a method of; reading does not count.
    private static final Map<Class<?>, Set<String>> EFFECTS = Map.of(
            Contracts.class,
            Set.of("writeRoot", "writeLabel", "removeGroup", "create", "launch", "signal", "kill", "revoke", "dropExitRecord", "endBoot"),
            Disk.class, Set.of("append", "rename", "copy", "delete", "makeDirectory", "syncDirectory", "sync"),
            Disk.Appender.class, Set.of("append", "truncate", "sync"),
            Connection.class, Set.of("commit"),
            PreparedStatement.class, Set.of("execute", "executeUpdate", "executeBatch"),
            Statement.class, Set.of("execute", "executeUpdate"));
    /// The more special first.
    private static final List<Class<?>> WRAPPED = List.of(Disk.Appender.class, Connection.class, PreparedStatement.class, Statement.class);

    private final Doom doom;

    private DoomedManager(Doom doom) {
        this.doom = doom;
    }

    public static void main(String[] arguments) throws IOException {
        SvcRoot root = SvcRoot.of(System.getenv());
        Path file = root.path().resolve("doom");
        int effects = 0;
        if (Files.exists(file)) {
            effects = Integer.parseInt(Files.readString(file).strip());
            Files.delete(file);
        }
        DoomedManager doomed = new DoomedManager(new Doom(effects));
        Manager.Keepers keepers = new Manager.Keepers(doomed.counted(Disk.class, new LocalDisk()),
                contracts -> doomed.counted(Contracts.class, contracts));
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        System.exit(new Manager(root, Path.of(System.getProperty("svc.home")), uid, Adoption.Restarted.BY_KEEPER, Optional.empty(), keepers)
                .run());
    }

    /// `target`, and what it yields, with each effect counted.
    private <T> T counted(Class<T> type, T target) {
        Set<String> effects = EFFECTS.get(type);
        return type.cast(Proxy.newProxyInstance(DoomedManager.class.getClassLoader(), new Class<?>[]{type}, (_, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (effects.contains(method.getName())) {
                doom.approach();
            }
            return wrapped(result);
        }));
    }

    private Object wrapped(Object result) {
        for (Class<?> type : WRAPPED) {
            if (type.isInstance(result)) {
                return wrapped(type, result);
            }
        }
        return result;
    }

    private <T> T wrapped(Class<T> type, Object result) {
        return counted(type, type.cast(result));
    }
}
