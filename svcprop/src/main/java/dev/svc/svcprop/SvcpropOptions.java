package dev.svc.svcprop;

import dev.svc.command.UsageException;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.Names;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.options.Getopt;
import dev.svc.svcprop.SvcpropRequest.Designator;
import dev.svc.svcprop.SvcpropRequest.Selection;
import dev.svc.svcprop.SvcpropRequest.Speech;
import dev.svc.svcprop.SvcpropRequest.View;
import dev.svc.svcprop.SvcpropRequest.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The command line of svcprop, as its arguments are read.
final class SvcpropOptions {
    static final String SYNOPSIS = """
            Usage: svcprop [-fqtv] [-C | -c | -s snapshot] [-p [group/]name]... FMRI | pattern ...
                   svcprop -w [-fqtv] [-p [group/]name] FMRI | pattern
                   svcprop -? | --help | --version
            """;
    private static final String PROPERTIES = "/:properties/";

    private final StringBuilder letters = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private String snapshot = "";
    private List<String> operands = List.of();

    private SvcpropOptions() {}

    /// Yields what `arguments` ask for.
    ///
    /// @throws UsageException if they are not a command line of svcprop
    static SvcpropRequest parse(List<String> arguments) throws UsageException {
        SvcpropOptions options = new SvcpropOptions();
        try {
            options.operands = options.getopt().parse(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        return options.request();
    }

    private Getopt getopt() {
        Getopt getopt = new Getopt("svcprop");
        for (char letter : "?CcfqtvwZ".toCharArray()) {
            getopt.flag("-" + letter, () -> letters.append(letter));
        }
        getopt.flag("--help", () -> letters.append('?'));
        getopt.flag("--version", () -> letters.append('V'));
        getopt.option("-s", name -> {
            letters.append('s');
            snapshot = name;
        });
        getopt.option("-p", names::add);
        getopt.option("-z", _ -> letters.append('z'));
        return getopt;
    }

    private boolean has(char letter) {
        return letters.indexOf(String.valueOf(letter)) >= 0;
    }

    private SvcpropRequest request() throws UsageException {
        if (has('?')) {
            return new SvcpropRequest.Help();
        }
        if (has('V')) {
            return new SvcpropRequest.Version();
        }
        if (operands.isEmpty()) {
            throw new UsageException("an FMRI or a pattern is missing");
        }
        View view = view();
        List<Selection> selections = selections();
        checkSelectionsFitOperands();
        if (has('w')) {
            checkWait();
        }
        if (has('z') || has('Z')) {
            return new SvcpropRequest.Refused("svcprop -" + (has('z') ? 'z' : 'Z') + " may only be used from the global zone");
        }
        if (view instanceof View.Snapshot(String name) && !Names.isName(name)) {
            return new SvcpropRequest.Refused("Invalid snapshot name.");
        }
        return new SvcpropRequest.Properties(operands, selections, view, has('w') ? When.CHANGED : When.NOW, designator(), speech());
    }

    private View view() throws UsageException {
        int given = 0;
        for (char letter : "Ccsw".toCharArray()) {
            given += has(letter) ? 1 : 0;
        }
        if (given > 1) {
            throw new UsageException("-C, -c, -s and -w exclude each other");
        }
        if (has('C') || has('w')) {
            return new View.Own();
        }
        if (has('c')) {
            return new View.Current();
        }
        return has('s') ? new View.Snapshot(snapshot) : new View.Effective();
    }

    private Designator designator() {
        if (has('f')) {
            return Designator.FULL;
        }
        return has('t') ? Designator.PLAIN : Designator.AS_NEEDED;
    }

    private Speech speech() {
        if (!has('q')) {
            return Speech.ALL;
        }
        return has('v') ? Speech.COMPLAINTS : Speech.NONE;
    }

    private List<Selection> selections() throws UsageException {
        List<Selection> selections = new ArrayList<>();
        for (String name : names) {
            int slash = name.indexOf('/');
            String group = slash < 0 ? name : name.substring(0, slash);
            Optional<String> property = slash < 0 ? Optional.empty() : Optional.of(name.substring(slash + 1));
            if (!Names.isName(group) || !Names.isName(property.orElse(group))) {
                throw new UsageException("-p " + name + ": neither a property group nor group/property");
            }
            selections.add(new Selection(group, property));
        }
        return selections;
    }

    private void checkSelectionsFitOperands() throws UsageException {
        for (String operand : operands) {
            if (names.isEmpty() || !operand.contains(PROPERTIES)) {
                continue;
            }
            Optional<Fmri> fmri = Fmri.tryParse(operand);
            if (fmri.isPresent() && fmri.get() instanceof PropertyFmri) {
                throw new UsageException("-p cannot be used with the property " + operand);
            }
            for (String name : names) {
                if (name.indexOf('/') >= 0 && fmri.isPresent() && fmri.get() instanceof PropertyGroupFmri) {
                    throw new UsageException("-p " + name + ": too many components for the property group " + operand);
                }
            }
        }
    }

    private void checkWait() throws UsageException {
        if (operands.size() > 1 || names.size() > 1) {
            throw new UsageException("-w waits for one property or property group");
        }
        String operand = operands.getFirst();
        if (names.isEmpty() && !operand.contains(PROPERTIES)) {
            Optional<Fmri> fmri = Fmri.tryParse(operand);
            boolean service = fmri.isPresent() && !(fmri.get() instanceof InstanceFmri);
            throw new UsageException(service ? "Cannot wait for a service." : "Cannot wait for an instance.");
        }
    }
}
