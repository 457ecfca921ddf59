package dev.svc.svcs;

import dev.svc.command.UsageException;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.options.Getopt;
import dev.svc.svcs.SortKey.Direction;
import dev.svc.svcs.SvcsRequest.ExplanationPart;
import dev.svc.svcs.SvcsRequest.LogDetail;
import dev.svc.svcs.SvcsRequest.Of;
import dev.svc.svcs.SvcsRequest.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The command line of svcs, as its arguments are read.
final class SvcsOptions {
    private static final String ZONES = "may only be used from the global zone";

    /// Letters seen, each time: modes first, then what the modes allow.
    private final StringBuilder letters = new StringBuilder();
    private final List<String> sorts = new ArrayList<>();
    private final List<String> restarters = new ArrayList<>();
    private String columns = "";
    private List<String> operands = List.of();

    private SvcsOptions() {}

    /// Yields what `arguments` ask for.
    ///
    /// @throws UsageException if they are not a command line of svcs
    static SvcsRequest parse(List<String> arguments) throws UsageException {
        SvcsOptions options = new SvcsOptions();
        try {
            options.operands = options.getopt().parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return options.request();
    }

    private Getopt getopt() {
        Getopt getopt = new Getopt("svcs");
        for (char letter : "?adDHlLnpvxZ".toCharArray()) {
            getopt.flag("-" + letter, () -> letters.append(letter));
        }
        getopt.flag("--help", () -> letters.append('?'));
        getopt.flag("--version", () -> letters.append('V'));
        getopt.option("-o", list -> {
            letters.append('o');
            columns = list;
        });
        getopt.option("-R", restarter -> {
            letters.append('R');
            restarters.add(restarter);
        });
        getopt.option("-s", column -> sort('s', column));
        getopt.option("-S", column -> sort('S', column));
        getopt.option("-z", _ -> letters.append('z'));
        return getopt;
    }

    private void sort(char letter, String column) {
        letters.append(letter);
        sorts.add(letter + column);
    }

    private SvcsRequest request() throws UsageException {
        if (has('?')) {
            return new SvcsRequest.Help();
        }
        if (has('V')) {
            return new SvcsRequest.Version();
        }
        String modes = modes();
        if (has('z') && has('Z')) {
            throw new UsageException("-z and -Z exclude each other");
        }
        SvcsRequest request = switch (modes) {
            case "" -> lines(has('a') || has('R') ? Of.ALL : Of.OPERANDS, "aHovpRsSzZ");
            case "d" -> needingOperands(lines(Of.DEPENDENCIES, "HovpsSzZ"));
            case "D" -> needingOperands(lines(Of.DEPENDENTS, "HovpsSzZ"));
            case "l" -> needingOperands(paragraphs());
            case "L" -> logs();
            case "n" -> notifications();
            case "x", "xL", "Lx" -> explanations();
            default -> throw new UsageException("only one of -d, -D, -l, -L, -n and -x may be given, and once");
        };
        return has('z') || has('Z') ? new SvcsRequest.Refused("svcs -" + (has('z') ? "z " : "Z ") + ZONES) : request;
    }

    /// The mode letters in the order given.
    private String modes() {
        StringBuilder modes = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            if ("dDlLnx".indexOf(letters.charAt(i)) >= 0) {
                modes.append(letters.charAt(i));
            }
        }
        return modes.toString();
    }

    private boolean has(char letter) {
        return letters.indexOf(String.valueOf(letter)) >= 0;
    }

    /// Refuses every letter that is neither a mode nor among `allowed`.
    private void allow(String allowed) throws UsageException {
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if ("dDlLnx".indexOf(letter) < 0 && allowed.indexOf(letter) < 0) {
                throw new UsageException("-" + letter + " cannot be used with " + (modes().isEmpty() ? "this" : "-" + modes()));
            }
        }
    }

    private SvcsRequest needingOperands(SvcsRequest request) throws UsageException {
        if (operands.isEmpty()) {
            throw new UsageException("-" + modes() + " needs an FMRI or a pattern");
        }
        return request;
    }

    private SvcsRequest lines(Of of, String allowed) throws UsageException {
        allow(allowed);
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (!has('H')) {
            parts.add(Part.HEADER);
        }
        if (has('p')) {
            parts.add(Part.PROCESSES);
        }
        return restartedBy(restarters, new SvcsRequest.Lines(of, operands, restarters, shownColumns(), order(), parts));
    }

    private static SvcsRequest restartedBy(List<String> restarters, SvcsRequest request) {
        for (String restarter : restarters) {
            var fmri = Fmri.tryParse(restarter);
            if (fmri.isEmpty()) {
                return new SvcsRequest.Refused("Restarter FMRI \"" + restarter + "\" is invalid.");
            }
            if (!(fmri.get() instanceof InstanceFmri)) {
                return new SvcsRequest.Refused("Restarter FMRI \"" + restarter + "\" does not designate an instance.");
            }
        }
        return request;
    }

    private List<Column> shownColumns() throws UsageException {
        if (!has('o')) {
            return has('v')
                    ? List.of(Column.STATE, Column.NSTATE, Column.STIME, Column.CTID, Column.FMRI)
                    : List.of(Column.STATE, Column.STIME, Column.FMRI);
        }
        List<Column> shown = new ArrayList<>();
        int start = 0;
        while (start < columns.length()) {
            int comma = columns.indexOf(',', start);
            int end = comma < 0 ? columns.length() : comma;
            String name = columns.substring(start, end);
            var column = Column.named(name);
            if (column.isEmpty()) {
                throw new UsageException("Unknown column \"" + name + "\".");
            }
            shown.add(column.get());
            start = end + 1;
        }
        if (shown.isEmpty()) {
            throw new UsageException("No columns specified.");
        }
        return shown;
    }

    private List<SortKey> order() throws UsageException {
        if (sorts.isEmpty()) {
            return SortKey.DEFAULT;
        }
        List<SortKey> order = new ArrayList<>();
        for (String sort : sorts) {
            var column = Column.named(sort.substring(1));
            if (column.isEmpty()) {
                throw new UsageException("Unrecognized sort column \"" + sort.substring(1) + "\".");
            }
            order.add(new SortKey(column.get(), sort.charAt(0) == 's' ? Direction.ASCENDING : Direction.DESCENDING));
        }
        return order;
    }

    private SvcsRequest paragraphs() throws UsageException {
        allow("pvzZ");
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (has('p')) {
            parts.add(Part.PROCESSES);
        }
        if (has('v')) {
            parts.add(Part.PROPERTIES);
        }
        return new SvcsRequest.Paragraphs(operands, parts);
    }

    private SvcsRequest logs() throws UsageException {
        allow("HopvzZ");
        return new SvcsRequest.Logs(operands, has('v') ? LogDetail.CONTENTS : LogDetail.PATH);
    }

    private SvcsRequest notifications() throws UsageException {
        allow("HopvzZ");
        return new SvcsRequest.Refused("notification parameters are not implemented yet: nothing is notified of state transitions");
    }

    private SvcsRequest explanations() throws UsageException {
        allow("vzZ");
        Set<ExplanationPart> parts = EnumSet.noneOf(ExplanationPart.class);
        if (has('v')) {
            parts.add(ExplanationPart.DETAIL);
        }
        if (has('L')) {
            parts.add(ExplanationPart.EXCERPT);
        }
        return new SvcsRequest.Explanations(operands, parts);
    }
}
