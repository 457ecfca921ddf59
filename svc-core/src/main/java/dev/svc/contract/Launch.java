package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.MethodContext;
import dev.svc.restarter.ContractId;
import java.util.Map;

/// A method to be run: its command line with all tokens expanded, to be given to `sh -c "exec ..."`.
///
/// @param environment what smf_method(7) adds: SMF_FMRI, SMF_METHOD, SMF_RESTARTER, SMF_ZONENAME
public record Launch(
        InstanceFmri fmri, ContractId contract, String method, String command, MethodContext context, Map<String, String> environment) {
    public Launch {
        environment = Map.copyOf(environment);
    }
}
