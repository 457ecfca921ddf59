package dev.svc.manifest;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with one document, as far as it is known.
final class Findings {
    /// More are counted, not kept.
    private static final int MOST = 20;

    private final String file;
    private final List<BundleException.Finding> kept = new ArrayList<>();
    private int further;

    Findings(String file) {
        this.file = file;
    }

    void add(int line, String sentence) {
        if (kept.size() < MOST) {
            kept.add(new BundleException.Finding(file, line, sentence));
        } else {
            further++;
        }
    }

    boolean isEmpty() { return kept.isEmpty(); }

    void throwIfAny() throws BundleException {
        if (!kept.isEmpty()) {
            throw exception(List.of());
        }
    }

    /// As [#throwIfAny], with a last finding about the document as a whole.
    void throwIfAny(String last) throws BundleException {
        if (!kept.isEmpty()) {
            throw exception(List.of(new BundleException.Finding(file, 0, last)));
        }
    }

    private BundleException exception(List<BundleException.Finding> last) {
        List<BundleException.Finding> all = new ArrayList<>(kept);
        if (further > 0) {
            all.add(new BundleException.Finding(file, 0, further + " more findings"));
        }
        all.addAll(last);
        return new BundleException(all);
    }
}
