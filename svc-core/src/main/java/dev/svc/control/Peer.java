package dev.svc.control;

import dev.svc.engine.Asker;
import java.nio.file.attribute.UserPrincipal;

/// Who is at the other end of a connection, as the kernel told when it was made.
///
/// @param principal the same user; equal for equal uids
/// @param group the name of the group he connected with
/// @param privileged whether he may do all: root, and whoever the manager runs as
record Peer(Asker asker, UserPrincipal principal, String group, boolean privileged) {}
