package dev.svc.graph;

import dev.svc.fmri.FileFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Definition;
import dev.svc.model.DependencyGroup;
import dev.svc.model.Grouping;
import dev.svc.model.RestartOn;
import dev.svc.model.ServiceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SequencedMap;

/// Definitions from a drawing, a dependency group a line:
///
/// ```
/// web -> db cache  restart      all of them, restart_on restart (none if left out)
/// web ?> db:a db:b              any of them
/// web ~> log                    those that are enabled
/// web !> maintenance            none of them
/// web -> @db /etc/web.conf      any instance of service db; a file
/// web by inetd                  its restarter
/// web is broken                 its definition has a mistake
/// db                            no dependencies
/// ```
final class Drawing {
    private static final Map<String, Grouping> ARROWS = Map
            .of("->", Grouping.REQUIRE_ALL, "?>", Grouping.REQUIRE_ANY, "~>", Grouping.OPTIONAL_ALL, "!>", Grouping.EXCLUDE_ALL);

    private Drawing() {}

    static List<Definition> of(String drawing) {
        SequencedMap<InstanceFmri, Draft> drafts = new LinkedHashMap<>();
        drawing.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(line -> {
            String[] words = line.split("\\s+");
            Draft draft = drafts.computeIfAbsent(instance(words[0]), Draft::new);
            if (words.length > 1) {
                draft.add(words);
            }
        });
        return drafts.values().stream().map(Draft::definition).toList();
    }

    static Definition one(String drawing) {
        return of(drawing).getFirst();
    }

    static InstanceFmri instance(String word) {
        int colon = word.indexOf(':');
        return colon < 0 ? new InstanceFmri(word, "default") : new InstanceFmri(word.substring(0, colon), word.substring(colon + 1));
    }

    static String word(Fmri fmri) {
        return fmri.toString().substring("svc:/".length()).replaceFirst(":default$", "");
    }

    static Fmri entity(String word) {
        return switch (word.charAt(0)) {
            case '/' -> new FileFmri(word);
            case '@' -> new ServiceFmri(word.substring(1));
            default -> instance(word);
        };
    }

    private static final class Draft {
        private final InstanceFmri fmri;
        private final List<DependencyGroup> groups = new ArrayList<>();
        private final List<Definition.Fault> faults = new ArrayList<>();
        private InstanceFmri restarter = InstanceFmri.MASTER_RESTARTER;

        Draft(InstanceFmri fmri) {
            this.fmri = fmri;
        }

        void add(String[] words) {
            switch (words[1]) {
                case "by" -> restarter = instance(words[2]);
                case "is" -> faults.add(new Definition.Fault(
                        Definition.Fault.Kind.INVALID_DEPENDENCY,
                        "dependency \"x\": type must be service or path"));
                default -> groups.add(group(words));
            }
        }

        private DependencyGroup group(String[] words) {
            RestartOn restartOn = RestartOn.named(words[words.length - 1]).orElse(RestartOn.NONE);
            List<Fmri> entities = new ArrayList<>();
            for (String word : List.of(words).subList(2, words.length)) {
                if (RestartOn.named(word).isEmpty()) {
                    entities.add(entity(word));
                }
            }
            return new DependencyGroup("d" + groups.size(), ARROWS.get(words[1]), restartOn, entities);
        }

        Definition definition() {
            return new Definition(
                    fmri,
                    ServiceModel.CONTRACT,
                    restarter,
                    groups,
                    Map.of(),
                    Definition.RateLimit.DEFAULT,
                    Set.of(),
                    Definition.TimeoutRule.RETRY,
                    fmri.service().toUpperCase(Locale.ROOT),
                    faults);
        }
    }
}
