package dev.svc.fmri;

import dev.svc.fmri.OperandRule.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What the operands of a command stand for: the one walker of all commands (svcs(1), svcadm(8), svcprop(1), svccfg(8)).
///
/// An operand is tried in this order: as the exact FMRI of something that exists, with or without its `svc:/`; as a glob; as an
/// abbreviation ([FmriPattern]). Operands in error make a warning and never stop the others.
///
/// @param visits what to act on, each once: operands in their order, the matches of one in reverse order of discovery
/// @param warnings one for each operand in error, in operand order, without the name of the program; lines after the first begin with a tab
public record OperandWalk(List<Fmri> visits, List<String> warnings) {
    public OperandWalk {
        visits = List.copyOf(visits);
        warnings = List.copyOf(warnings);
    }

    /// The names there are.
    public interface Namespace {
        /// All services, in their order.
        List<ServiceFmri> services();

        /// The instances of a service, in their order.
        List<InstanceFmri> instances(ServiceFmri service);

        /// Whether there is an entity, property group or property of that name; the latter two directly attached to the entity named.
        boolean exists(Fmri fmri);
    }

    /// Exit status of a command that can do all it was asked with what was found.
    public int status() {
        return warnings.isEmpty() ? 0 : 1;
    }

    /// The instances among the visits.
    public List<InstanceFmri> instances() {
        List<InstanceFmri> instances = new ArrayList<>();
        for (Fmri visit : visits) {
            if (visit instanceof InstanceFmri instance) {
                instances.add(instance);
            }
        }
        return instances;
    }

    /// Yields what `operands` stand for. Without operands: every instance, or every service if the rule has services for operands.
    public static OperandWalk of(List<String> operands, OperandRule rule, Namespace names) {
        return new Walker(rule, names).walk(operands);
    }

    private record Walker(OperandRule rule, Namespace names) {
        OperandWalk walk(List<String> operands) {
            if (operands.isEmpty()) {
                return new OperandWalk(everything(_ -> true), List.of());
            }
            Set<Fmri> visits = new LinkedHashSet<>();
            List<String> warnings = new ArrayList<>();
            for (String operand : operands) {
                walk(operand, visits, warnings);
            }
            return new OperandWalk(List.copyOf(visits), warnings);
        }

        private void walk(String operand, Set<Fmri> visits, List<String> warnings) {
            if (operand.length() > Fmri.LONGEST) {
                warnings.add("Argument '" + operand + "' is too long, ignoring");
                return;
            }
            Optional<List<Fmri>> exact = exact(operand);
            FmriPattern pattern = FmriPattern.of(operand);
            List<Fmri> matches = exact.orElseGet(() -> everything(pattern::matches));
            String shown = exact.isPresent() ? operand : pattern.text();
            if (matches.isEmpty()) {
                warnings.add(noMatch(shown));
            } else if (matches.size() > 1 && !rule.has(Trait.MULTIPLE)) {
                warnings.add("Pattern '" + shown + "' matches multiple instances:" + listed(matches));
            } else if (matches.size() > 1 && exact.isEmpty() && pattern instanceof FmriPattern.Abbreviation
                    && rule.has(Trait.ABBREVIATION_FOR_ONE)) {
                warnings.add("Partial FMRI '" + shown + "' matches multiple instances" + listed(matches));
            } else {
                visits.addAll(matches.reversed());
            }
        }

        private String noMatch(String pattern) {
            if (pattern.startsWith("lrc:/")) {
                return "Operation not supported for legacy service '" + pattern + "'";
            }
            return "Pattern '" + pattern + "' doesn't match any " + rule.entities();
        }

        private static String listed(List<Fmri> matches) {
            StringBuilder lines = new StringBuilder();
            for (Fmri match : matches) {
                lines.append("\n\t").append(match);
            }
            return lines.toString();
        }

        /// What the operand names exactly, or nothing if that does not exist (then it is a pattern).
        private Optional<List<Fmri>> exact(String operand) {
            return Fmri.tryParse(operand).filter(this::mayName).filter(names::exists).map(this::meaning);
        }

        private boolean mayName(Fmri fmri) {
            return switch (fmri) {
                case EntityFmri _ -> true;
                case PropertyGroupFmri _,PropertyFmri _ -> rule.has(Trait.PROPERTIES);
                case FileFmri _ -> false;
            };
        }

        private List<Fmri> meaning(Fmri existing) {
            return existing instanceof ServiceFmri service && !rule.has(Trait.SERVICES)
                    ? List.copyOf(names.instances(service))
                    : List.of(existing);
        }

        /// Everything of the kinds the rule asks for whose canonical FMRI is `wanted`.
        private List<Fmri> everything(Predicate<String> wanted) {
            List<Fmri> found = new ArrayList<>();
            for (ServiceFmri service : names.services()) {
                boolean itself = rule.has(Trait.SERVICES) && wanted.test(service.toString());
                if (itself && !rule.has(Trait.INSTANCES_FIRST)) {
                    found.add(service);
                    continue;
                }
                int before = found.size();
                for (InstanceFmri instance : names.instances(service)) {
                    if (wanted.test(instance.toString())) {
                        found.add(instance);
                    }
                }
                if (itself && found.size() == before) {
                    found.add(service);
                }
            }
            return found;
        }
    }
}
