package dev.svc.svccfg;

import dev.svc.protocol.JsonLines;
import dev.svc.svccfg.Words.Kind;
import dev.svc.svccfg.Words.Word;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `svccfg setprop`: gives a property of the selected entity its values.
final class SetProperty implements Subcommand {
    @Override public String name() { return "setprop"; }

    @Override public String synopsis() { return "setprop GROUP/NAME = [TYPE:] VALUE | (VALUE ...)"; }

    @Override public String purpose() { return "Sets a property; a new one needs its type. It acts with the next refresh."; }

    @Override public Request parse(List<String> arguments, Selection selection) throws RefusedException {
        String entity = selection.required();
        Words words = new Words(arguments);
        if (!words.hasNext()) {
            throw syntaxError();
        }
        PropertyName name = PropertyName.of(words.next().text());
        if (!words.skip("=")) {
            throw syntaxError();
        }
        Optional<String> type = Optional.empty();
        if (words.atType()) {
            String word = words.next().text();
            type = Optional.of(word.substring(0, word.length() - 1));
        }
        List<String> values = values(words, type);
        JsonObjectBuilder edit = JsonLines.object().add("edit", name()).add("group", name.group()).add("property", name.property());
        type.ifPresent(t -> edit.add("type", t));
        return new Editing(entity, edit.add("values", JsonLines.array(values)).build());
    }

    private List<String> values(Words words, Optional<String> type) throws RefusedException {
        List<String> values = new ArrayList<>();
        if (!words.hasNext()) {
            return values;
        }
        if (!words.skip("(")) {
            Word value = words.next();
            if (value.kind() == Kind.SIGN) {
                throw syntaxError();
            }
            if (words.hasNext()) {
                throw unquoted();
            }
            return List.of(value.text());
        }
        boolean texts = type.filter(t -> t.equals("astring") || t.equals("ustring")).isPresent();
        while (!words.skip(")")) {
            if (!words.hasNext()) {
                throw syntaxError();
            }
            Word value = words.next();
            if (value.kind() == Kind.SIGN) {
                throw syntaxError();
            }
            if (texts && value.kind() == Kind.BARE) {
                throw unquoted();
            }
            values.add(value.text());
        }
        if (words.hasNext()) {
            throw syntaxError();
        }
        return values;
    }

    private static RefusedException unquoted() {
        return new RefusedException("Multiple string values or string values with spaces must be quoted with '\"'.");
    }

    private RefusedException syntaxError() {
        return new RefusedException("Syntax error; usage: " + synopsis());
    }
}
