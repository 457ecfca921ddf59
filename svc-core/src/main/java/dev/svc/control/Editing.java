package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.property.ValueType;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `edit`: changes properties of one entity, all of it by one change or nothing (svccfg setprop, delprop, addpg, delpg). What graph and
/// restarter see of it changes with the next refresh.
record Editing(Submission submission, Configuration configuration) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        EntityFmri entity = entity(inquiry);
        List<Edit> edits = new ArrayList<>();
        for (Members members : inquiry.asked().objects("edits")) {
            edits.add(edit(members));
        }
        Model model = submission.engine().published().model();
        if (!model.exists(entity)) {
            inquiry.replies().error(entity + ": Entity not found.");
        } else if (permitted(inquiry, entity, edits, model)) {
            change(inquiry, entity, edits);
        }
    }

    private void change(Inquiry inquiry, EntityFmri entity, List<Edit> edits) throws IOException {
        boolean again = inquiry.isAgain();
        Answer answer = configuration.change(model -> {
            EditedEntity edited = new EditedEntity(entity, model, inquiry.asker().uid());
            try {
                for (Edit edit : edits) {
                    if (!(again && edited.isAsAsked(edit))) {
                        edited.apply(edit);
                    }
                }
            } catch (EditedEntity.FaultException e) {
                return new Configuration.Plan.Nothing(new Answer.Refused(e.getMessage()));
            }
            Change change = edited.change();
            return change.isEmpty()
                    ? new Configuration.Plan.Nothing(new Answer.Done())
                    : new Configuration.Plan.Apply(new Administration.Apply(change, model, List.of(), inquiry.asker()));
        });
        if (Submission.isDone(inquiry, answer)) {
            inquiry.replies().done(entity, entity + " changed.");
        }
    }

    private static boolean permitted(Inquiry inquiry, EntityFmri entity, List<Edit> edits, Model model) throws IOException {
        Demands demands = new Demands(model);
        for (Edit edit : edits) {
            if (!Submission.permitted(inquiry, demands.editing(entity, edit), entity, "not changed", edit.group())) {
                return false;
            }
        }
        return true;
    }

    private static EntityFmri entity(Inquiry inquiry) throws MalformedLineException {
        try {
            return EntityFmri.parse(inquiry.asked().text("entity"));
        } catch (InvalidFmriException e) {
            throw new MalformedLineException("member \"entity\": " + e.getMessage());
        }
    }

    private static Edit edit(Members members) throws MalformedLineException {
        String edit = members.text("edit");
        String group = members.text("group");
        return switch (edit) {
            case "addpg" -> new Edit.AddGroup(group, members.text("type"));
            case "delpg" -> new Edit.RemoveGroup(group);
            case "setprop" -> new Edit.SetProperty(group, members.text("property"), type(members), members.texts("values"));
            case "delprop" -> new Edit.RemoveProperty(group, members.text("property"));
            default -> throw new MalformedLineException(
                    "member \"edit\" is \"" + edit + "\"; it must be addpg, delpg, setprop or delprop");
        };
    }

    private static Optional<ValueType> type(Members members) throws MalformedLineException {
        Optional<String> name = members.tryText("type");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ValueType.named(name.get())
                .orElseThrow(() -> new MalformedLineException("Unknown type \"" + name.get() + "\".")));
    }
}
