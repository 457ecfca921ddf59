package dev.svc.control;

import dev.svc.engine.Asker;
import dev.svc.posix.Account;
import dev.svc.posix.Accounts;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/// Finds out who is at the other end of a connection.
final class Peers {
    private static final int ROOT = 0;

    private final int ownUid;
    private final UserPrincipal own;
    private final UserPrincipal root;

    /// @param ownUid uid the manager runs as
    Peers(int ownUid) throws IOException {
        this.ownUid = ownUid;
        own = Files.getOwner(Path.of("/proc/self"));
        // Unknown as a name, it is taken for the number.
        root = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(ROOT));
    }

    /// @throws IOException if the kernel does not tell, or the user has no number that can be found
    Peer of(SocketChannel channel) throws IOException {
        UnixDomainPrincipal told = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        UserPrincipal user = told.user();
        int uid = uid(user);
        return new Peer(new Asker(uid, user.getName()), user, told.group().getName(), uid == ROOT || uid == ownUid);
    }

    /// Principals are equal if their numbers are, whatever they are called; so the two users that may do all are not known by name.
    private int uid(UserPrincipal user) throws IOException {
        if (user.equals(root)) {
            return ROOT;
        }
        if (user.equals(own)) {
            return ownUid;
        }
        return Accounts.user(user.getName()).map(Account::uid)
                .orElseThrow(() -> new IOException("user " + user.getName() + " has no uid"));
    }
}
