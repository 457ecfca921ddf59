package dev.svc.manifest;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Model;
import java.util.List;

/// What importing a bundle does: one change, to be committed as a whole.
///
/// @param change empty if the bundle says nothing new
/// @param refresh instances that existed and whose *running* snapshot the change replaces, so their refresh method is due; instances
///     that the change creates are not among them
/// @param warnings conflicts that do not stop the import, one sentence each
/// @param progress what is done, a line each, as `svccfg -v import` prints it
public record BundleImport(Change change, List<InstanceFmri> refresh, List<String> warnings, List<String> progress) {
    public BundleImport {
        refresh = List.copyOf(refresh);
        warnings = List.copyOf(warnings);
        progress = List.copyOf(progress);
    }

    /// Imports a manifest (`svccfg import`).
    ///
    /// @param uid who asks
    /// @throws BundleException if the bundle is not a manifest, or cannot be imported into this model
    public static BundleImport of(Bundle bundle, Model model, int uid) throws BundleException {
        if (bundle.kind() != Bundle.Kind.MANIFEST) {
            throw new BundleException(bundle.file(), 0, "document is not a manifest; it is of type " + bundle.kind().word());
        }
        return new ManifestImport(bundle, model).outcome(uid);
    }

    /// Applies a profile (`svccfg apply`): services and instances that do not exist are left out.
    ///
    /// @param uid who asks
    /// @throws BundleException if the bundle is not a profile, or leaves a type open that nobody knows
    public static BundleImport ofProfile(Bundle bundle, Model model, int uid) throws BundleException {
        if (bundle.kind() != Bundle.Kind.PROFILE) {
            throw new BundleException(bundle.file(), 0, "document is not a profile; it is of type " + bundle.kind().word());
        }
        return new ProfileImport(bundle, model).outcome(uid);
    }
}
