package dev.svc.fmri;

/// The name of a file that a dependency of type `path` waits for; `path` is absolute.
public record FileFmri(String path) implements Fmri {
    public FileFmri {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new InvalidFmriException("\"" + path + "\" is not an absolute path");
        }
    }

    @Override public String toString() {
        return "file://localhost" + path;
    }
}
