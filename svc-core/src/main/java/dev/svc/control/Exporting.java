package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.engine.Administered;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.ServiceFmri;
import dev.svc.manifest.BundleExport;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// `export`: services as manifests. Values of read-protected groups are left out, unless all are asked for by somebody who may read them.
record Exporting(Administered engine, Operands operands) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        Published published = engine.published();
        SequencedSet<ServiceFmri> services = new LinkedHashSet<>();
        for (Fmri fmri : operands.visits(inquiry, published, OperandRule.SERVICES)) {
            if (fmri instanceof EntityFmri entity) {
                services.add(entity.serviceFmri());
            }
        }
        boolean all = inquiry.asked().truth("all");
        for (ServiceFmri service : services) {
            if (published.model().exists(service)) {
                Rights rights = all ? inquiry.rights() : Rights.NONE;
                String bundle = BundleExport.of(service, readable(service, published.model(), rights));
                inquiry.replies().send(inquiry.replies().line().add("service", service.toString()).add("bundle", bundle));
            }
        }
    }

    private static Model readable(ServiceFmri service, Model model, Rights rights) {
        Demands demands = new Demands(model);
        List<LayerGroup> emptied = Stream.concat(Stream.of(service), model.instances(service).stream()).flatMap(model::layers)
                .filter(g -> demands.reading(g.entity(), g.group()).filter(d -> !rights.meet(d)).isPresent()).map(Exporting::emptied)
                .toList();
        return emptied.isEmpty() ? model : model.with(Change.of("hide", 0, emptied));
    }

    private static LayerGroup emptied(LayerGroup group) {
        List<Property> properties = group.group().properties().stream().map(p -> new Property(p.name(), p.type(), List.of())).toList();
        PropertyGroup empty = new PropertyGroup(group.group().name(), group.group().type(), properties);
        return new LayerGroup(group.entity(), group.layer(), empty, group.maskedProperties(), group.masking());
    }
}
