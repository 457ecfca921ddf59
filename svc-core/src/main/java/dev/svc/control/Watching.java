package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.PropertyFmri;
import dev.svc.fmri.PropertyGroupFmri;
import dev.svc.property.PropertyGroup;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `watch`: waits until a property group changes in any way, then answers as `properties` does (svcprop -w).
record Watching(Operands operands, Patience patience, PropertyReading reading) implements Verb {
    /// The group that is watched, directly attached to its entity.
    private record Watched(EntityFmri entity, String group) {
        Optional<PropertyGroup> in(Published published, RenderedGroups rendered) {
            return ViewedGroups.select(new ViewedGroups(published, rendered).own(entity), group).stream().map(ViewedGroup::group)
                    .findFirst();
        }
    }

    @Override public void answer(Inquiry inquiry) throws IOException, InterruptedException {
        Published published = patience.engine().published();
        List<Fmri> visits = operands.visits(inquiry, published, OperandRule.ONE_ENTITY);
        if (visits.isEmpty()) {
            return;
        }
        Optional<String> selection = selection(inquiry);
        Optional<Watched> watched = watched(inquiry, visits.getFirst(), selection);
        if (watched.isEmpty()) {
            return;
        }
        Optional<PropertyGroup> before = watched.get().in(published, operands.rendered());
        if (before.isEmpty() || !has(before.get(), selection)) {
            inquiry.replies().error("Not found.");
            return;
        }
        patience.await(inquiry, p -> !watched.get().in(p, operands.rendered()).equals(before));
        sayAgain(inquiry, visits.getFirst(), watched.get(), selection);
    }

    private static Optional<String> selection(Inquiry inquiry) throws MalformedLineException {
        List<String> groups = inquiry.asked().texts("groups");
        if (groups.size() > 1) {
            throw new MalformedLineException("member \"groups\" has " + groups.size() + " selections; one can be watched");
        }
        return groups.stream().findFirst();
    }

    private static Optional<Watched> watched(Inquiry inquiry, Fmri fmri, Optional<String> selection) throws IOException {
        return switch (fmri) {
            case PropertyGroupFmri group -> Optional.of(new Watched(group.entity(), group.group()));
            case PropertyFmri property -> Optional.of(new Watched(property.entity(), property.group()));
            case EntityFmri entity -> {
                if (selection.isEmpty()) {
                    inquiry.replies().warning("Cannot wait for " + (entity instanceof InstanceFmri ? "an instance." : "a service."),
                            ExitStatus.USAGE);
                }
                yield selection.map(s -> new Watched(entity, s.split("/", 2)[0]));
            }
            case dev.svc.fmri.FileFmri _ -> throw new IllegalStateException(fmri + " was found by a walk");
        };
    }

    /// Whether the group has the property that is selected in it, if one is.
    private static boolean has(PropertyGroup group, Optional<String> selection) {
        return selection.filter(s -> s.contains("/")).map(s -> group.property(s.split("/", 2)[1]).isPresent()).orElse(true);
    }

    private void sayAgain(Inquiry inquiry, Fmri fmri, Watched watched, Optional<String> selection) throws IOException {
        Published now = patience.engine().published();
        boolean gone = watched.in(now, operands.rendered()).filter(g -> has(g, selection)).isEmpty()
                || !new PublishedNames(now, operands.rendered()).exists(fmri);
        if (gone) {
            inquiry.replies().error("Not found.");
        } else {
            reading.say(inquiry, now, fmri);
        }
    }
}
