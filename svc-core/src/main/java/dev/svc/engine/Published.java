package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Model;
import java.util.List;
import java.util.Map;

/// Everything readers may know, as it stood at the end of a turn of the engine: an immutable value.
///
/// @param version grows with each publication
/// @param milestone the one in force: `all`, `none` or an FMRI
/// @param notices what an administrator should know of the manager itself, such as a rebuilt repository
/// @param settled nothing is in transition, no change is being recorded and no message waits
public record Published(long version, Model model, Map<InstanceFmri, Standing> standings, Contracts.Containment containment,
        String milestone, List<String> notices, boolean settled) {}
