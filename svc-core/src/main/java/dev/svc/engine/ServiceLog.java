package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import java.time.Instant;

/// Where our lines about an instance go.
public interface ServiceLog {
    void append(InstanceFmri fmri, Instant wall, String text);
}
