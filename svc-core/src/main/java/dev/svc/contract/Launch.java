package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.MethodContext;
import dev.svc.restarter.ContractId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A method to be run: its command line with all tokens expanded, to be given to `sh -c "exec ..."`.
///
/// @param environment what smf_method(7) adds: SMF_FMRI, SMF_METHOD, SMF_RESTARTER, SMF_ZONENAME
public record Launch(
        InstanceFmri fmri, ContractId contract, String method, String command, MethodContext context, Map<String, String> environment,
        Session session) {
    /// Never the manager's: which session a method runs in.
    public enum Session {
        /// That of its launcher, as a member.
        LAUNCHERS,
        /// One of its own, as its leader: only a leader can make a terminal its controlling one, as a getty must. It costs one more program
        /// at each start.
        OWN
    }

    public Launch {
        // By name, so that a method sees the same each time.
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// A method in its launcher's session.
    public Launch(InstanceFmri fmri, ContractId contract, String method, String command, MethodContext context,
            Map<String, String> environment) {
        this(fmri, contract, method, command, context, environment, Session.LAUNCHERS);
    }
}
