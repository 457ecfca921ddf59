package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.graph.World;
import dev.svc.model.Definition;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.Label;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Makes the graph's view of a snapshot, with a look at the files that dependencies name.
record Worlds(SvcRoot root) {
    World of(Published published) {
        List<World.Item> items = new ArrayList<>();
        new TreeMap<>(published.standings()).values().forEach(standing -> items.add(item(standing, published)));
        return new World(items, present(published), published.notices());
    }

    private World.Item item(Standing standing, Published published) {
        Definition definition = standing.definition();
        Label label = standing.label();
        InstanceFmri fmri = definition.fmri();
        EnabledSetting enabled = new EnabledSetting(label.enabled(), label.override());
        return new World.Item(
                definition,
                label.state(),
                label.phase().nextState(),
                label.since(),
                label.reason(),
                enabled,
                enabled.isOverridden() ? label.comment() : published.model().own(fmri, "general").flatMap(g -> g.value("comment")),
                label.failure(),
                label.startStatus(),
                label.fault(),
                label.requester(),
                List.of(root.log(fmri).toString()));
    }

    private static Set<FileFmri> present(Published published) {
        Set<FileFmri> present = new HashSet<>();
        for (FileFmri file : World.files(published.standings().values().stream().map(Standing::definition).toList())) {
            if (Files.exists(Path.of(file.path()))) {
                present.add(file);
            }
        }
        return present;
    }
}
