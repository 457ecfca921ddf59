package dev.svc.posix;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import jnr.posix.Group;
import jnr.posix.Passwd;

/// The databases of users and groups, as the system's name service (nsswitch.conf(5)) knows them.
public final class Accounts {
    // getpwnam(3) and the like answer in static memory: one caller at a time, who copies what it needs.
    private static final Object STATIC_MEMORY = new Object();

    private Accounts() {}

    /// The user of that name or, if it is a number, of that uid. A uid that the database does not know is a user without a home whose
    /// group has the same number.
    public static Optional<Account> user(String nameOrUid) {
        if (isNumber(nameOrUid)) {
            int uid = Integer.parseInt(nameOrUid);
            return Optional.of(user(() -> Native.posix().getpwuid(uid)).orElse(new Account(nameOrUid, uid, uid, "/")));
        }
        return user(() -> Native.posix().getpwnam(nameOrUid));
    }

    /// The gid of the group of that name or number; empty if there is no such name.
    public static OptionalInt group(String nameOrGid) {
        if (isNumber(nameOrGid)) {
            return OptionalInt.of(Integer.parseInt(nameOrGid));
        }
        synchronized (STATIC_MEMORY) {
            Group group = Native.posix().getgrnam(nameOrGid);
            return group == null ? OptionalInt.empty() : OptionalInt.of((int) group.getGID());
        }
    }

    /// The names of the users that the database lists as members of that group; those whose primary group it is are not listed there.
    public static Set<String> members(String group) {
        synchronized (STATIC_MEMORY) {
            Group found = Native.posix().getgrnam(group);
            return found == null ? Set.of() : Set.copyOf(List.of(found.getMembers()));
        }
    }

    private static Optional<Account> user(Supplier<Passwd> look) {
        synchronized (STATIC_MEMORY) {
            return Optional.ofNullable(look.get())
                    .map(found -> new Account(found.getLoginName(), (int) found.getUID(), (int) found.getGID(), found.getHome()));
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,9}");
    }
}
