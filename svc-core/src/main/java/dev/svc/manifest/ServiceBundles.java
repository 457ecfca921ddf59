package dev.svc.manifest;

/// Reads service bundles.
public final class ServiceBundles {
    /// Longest document that is looked at, in bytes.
    public static final int LONGEST = 1 << 20;

    private ServiceBundles() {}

    /// What the document says.
    ///
    /// @param name of the document, for messages
    /// @throws BundleException if it is not a valid service bundle, with everything that is wrong with it
    public static Bundle read(String name, byte[] xml) throws BundleException {
        throw new BundleException(name, 0, "couldn't parse document");
    }
}
