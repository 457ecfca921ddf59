package dev.svc.graph;

import dev.svc.fmri.FileFmri;

/// A file that dependencies wait for. Until somebody has looked, it satisfies nobody, neither who wants nor who excludes it.
final class FileVertex extends Vertex {
    private Contributions presence = Contributions.UNKNOWN;
    private int namedBy;

    FileVertex(FileFmri fmri) {
        super(fmri.toString(), Contributions.UNKNOWN);
    }

    void present(boolean there) {
        presence = there ? Contributions.PRESENT : Contributions.MISSING;
    }

    /// Whether somebody has looked.
    boolean isSeen() { return !presence.equals(Contributions.UNKNOWN); }

    /// A definition names it; also one that is not in force.
    void named() {
        namedBy++;
    }

    void unnamed() {
        namedBy--;
    }

    boolean isNamed() { return namedBy > 0; }

    @Override Contributions contributions() {
        return presence;
    }
}
