package dev.svc.manifest;

import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Model;

/// Writes services as manifests.
public final class BundleExport {
    private BundleExport() {}

    /// The manifest that says what `model` now has of `service`, all layers composed; left out is what others put there (external
    /// dependencies) and where it came from (`manifestfiles`).
    public static String of(ServiceFmri service, Model model) {
        throw new UnsupportedOperationException(service + " in " + model);
    }
}
