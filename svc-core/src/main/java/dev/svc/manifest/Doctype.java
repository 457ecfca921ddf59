package dev.svc.manifest;

/// A document type declaration.
///
/// @param systemId empty if there is none
/// @param subset what stands between brackets
record Doctype(String name, String systemId, String subset) {
    static final String NAME = "service_bundle";
    static final String SYSTEM_ID = "/usr/share/lib/xml/dtd/service_bundle.dtd.1";

    /// The declaration as it must be.
    static final String EXPECTED = "<!DOCTYPE " + NAME + " SYSTEM '" + SYSTEM_ID + "'>";

    boolean isServiceBundle() { return name.equals(NAME) && systemId.equals(SYSTEM_ID); }
}
