package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.Layer;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `customizations` and `uncustomize`: what an administrator has set or hidden, and the taking back of it (svccfg listcust, delcust).
/// What graph and restarter see of it changes with the next refresh, but for `general/enabled`.
record Customizing(Submission submission, Configuration configuration, Purpose purpose) implements Verb {
    enum Purpose {
        LIST, DELETE
    }

    @Override public void answer(Inquiry inquiry) throws IOException {
        EntityFmri entity = entity(inquiry);
        Published published = submission.engine().published();
        boolean alsoSite = purpose == Purpose.LIST && inquiry.asked().truth("local");
        Set<Layer> layers = alsoSite ? Set.of(Layer.ADMIN, Layer.SITE_PROFILE) : Set.of(Layer.ADMIN);
        Customization.Choice choice = new Customization.Choice(layers, inquiry.asked().truth("masked"), inquiry.asked().tryText("glob"));
        switch (purpose) {
            case LIST -> list(inquiry, Customization.of(entity, published.model(), choice), new Demands(published.model()));
            case DELETE -> {
                if (Submission.permitted(inquiry, Demands.configuring(), entity, "not changed")) {
                    delete(inquiry, entity, choice);
                }
            }
        }
    }

    private static void list(Inquiry inquiry, List<Customization> customizations, Demands demands) throws IOException {
        for (Customization one : customizations) {
            JsonObjectBuilder object = JsonLines.object().add("entity", one.entity().toString()).add("layer", one.layer().layerName())
                    .add("group", one.group().name()).add("masked", one.masked());
            one.property().ifPresent(name -> object.add("property", name));
            object.add("type", one.value().map(p -> p.type().typeName()).orElse(one.property().isPresent() ? "" : one.group().type()));
            boolean readable = demands.reading(one.entity(), one.group()).map(inquiry.rights()::meet).orElse(true);
            one.value().filter(_ -> readable).ifPresent(p -> object.add("values", JsonLines.array(p.values())));
            inquiry.replies().send(inquiry.replies().line().add("customization", object));
        }
    }

    private void delete(Inquiry inquiry, EntityFmri entity, Customization.Choice choice) throws IOException {
        List<Customization> deleted = new ArrayList<>();
        Answer answer = configuration.change(model -> {
            deleted.clear();
            deleted.addAll(Customization.of(entity, model, choice));
            return new Configuration.Plan.Apply(new Administration.Apply(Customization.without(deleted, model, "delcust " + entity,
                    inquiry.asker().uid()), model, List.of(), inquiry.asker()));
        });
        if (Submission.isDone(inquiry, answer)) {
            for (Customization one : deleted) {
                String what = one.property().isPresent() ? "property" : "property group";
                inquiry.replies().done(one.entity(), " Deleting customizations for " + what + ": " + one.name());
            }
        }
    }

    private static EntityFmri entity(Inquiry inquiry) throws MalformedLineException {
        try {
            return EntityFmri.parse(inquiry.asked().text("entity"));
        } catch (InvalidFmriException e) {
            throw new MalformedLineException("member \"entity\": " + e.getMessage());
        }
    }
}
