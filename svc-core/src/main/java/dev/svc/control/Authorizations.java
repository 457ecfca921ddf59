package dev.svc.control;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The file `etc/svc/authorizations` below the root: who, other than root and the manager's own user, may do what.
///
/// ```
/// # comment
/// user   alice   solaris.smf.manage.ssh   solaris.smf.value.ssh
/// group  ops     solaris.smf.manage
/// ```
///
/// Read at each request of somebody who needs it, so that a change acts at once. Ignored if anybody but root or the manager's own user
/// could have written it; a line that is not understood grants nothing.
final class Authorizations {
    private static final Logger LOG = System.getLogger(Authorizations.class.getName());
    private static final Set<PosixFilePermission> FOREIGN_WRITE = Set.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final int ownUid;
    private final Function<String, Set<String>> members;

    /// @param members the users that are in a group
    Authorizations(Path file, int ownUid, Function<String, Set<String>> members) {
        this.file = file;
        this.ownUid = ownUid;
        this.members = members;
    }

    Rights rightsOf(Peer peer) {
        if (peer.privileged()) {
            return Rights.ALL;
        }
        try {
            if (!isTrustworthy()) {
                LOG.log(Logger.Level.WARNING,
                        "{0}: ignored: it must belong to root or the manager''s own user, and nobody else may write it", file);
                return Rights.NONE;
            }
            return new Rights(granted(peer), false);
        } catch (NoSuchFileException _) {
            return Rights.NONE;
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "{0}: ignored: {1}", file, e);
            return Rights.NONE;
        }
    }

    private boolean isTrustworthy() throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:uid,permissions");
        int uid = (Integer) attributes.get("uid");
        @SuppressWarnings("unchecked")
        Set<PosixFilePermission> permissions = (Set<PosixFilePermission>) attributes.get("permissions");
        return (uid == 0 || uid == ownUid) && permissions.stream().noneMatch(FOREIGN_WRITE::contains);
    }

    private Set<String> granted(Peer peer) throws IOException {
        Set<String> granted = new TreeSet<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            List<String> words = List.of(line.replaceFirst("#.*", "").strip().split("\\s+"));
            if (words.size() > 2 && concerns(words.get(0), words.get(1), peer)) {
                granted.addAll(words.subList(2, words.size()));
            }
        }
        return granted;
    }

    private boolean concerns(String kind, String name, Peer peer) {
        return switch (kind) {
            case "user" -> name.equals(peer.asker().user());
            case "group" -> name.equals(peer.group()) || members.apply(name).contains(peer.asker().user());
            default -> false;
        };
    }
}
