package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Milestone;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// The changes of configuration that the engine makes itself: `general/enabled` and `options/milestone`, in the layer of the
/// administrator.
final class EnabledChange {
    private EnabledChange() {}

    static Change of(Administration.SetEnabled request, Model model) {
        List<LayerGroup> put = new ArrayList<>();
        StringJoiner what = new StringJoiner(", ");
        for (Administration.Enabling enabling : request.what()) {
            put.add(general(enabling.fmri(), enabling.enabled(), request.comment(), model));
            what.add((enabling.enabled() ? "enable " : "disable ") + enabling.fmri());
        }
        return Change.of(what.toString(), request.by().uid(), put);
    }

    static Change of(Milestone milestone, Model model, Asker by) {
        PropertyGroup options = admin(InstanceFmri.MASTER_RESTARTER, "options", model);
        return Change.of("milestone " + milestone, by.uid(), List.of(new LayerGroup(
                InstanceFmri.MASTER_RESTARTER, Layer.ADMIN, options.with(Property.text("milestone", milestone.toString())))));
    }

    private static LayerGroup general(InstanceFmri fmri, boolean enabled, Optional<String> comment, Model model) {
        PropertyGroup general = admin(fmri, "general", model).with(Property.truth("enabled", enabled)).without("comment");
        boolean hidesOther = model.own(fmri, "general").flatMap(g -> g.value("comment")).isPresent();
        return new LayerGroup(fmri, Layer.ADMIN,
                comment.isPresent() || hidesOther ? general.with(Property.text("comment", comment.orElse(""))) : general);
    }

    private static PropertyGroup admin(InstanceFmri fmri, String group, Model model) {
        return model.layer(new LayerGroup.Key(fmri, Layer.ADMIN, group)).map(LayerGroup::group)
                .orElse(new PropertyGroup(group, PropertyGroup.FRAMEWORK, List.of()));
    }
}
