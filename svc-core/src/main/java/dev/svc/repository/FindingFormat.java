package dev.svc.repository;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;

/// A finding as an object of the control protocol.
///
/// ```
/// {"level":"V2","gravity":"damage","file":"repository.db","entity":"svc:/a:b","group":"general","sequence":42,"what":".."}
/// ```
public final class FindingFormat {
    private FindingFormat() {}

    public static JsonObjectBuilder object(Finding finding) {
        JsonObjectBuilder object = JsonLines.object().add("level", finding.level().toString())
                .add("gravity", finding.gravity().name().toLowerCase(Locale.ROOT)).add("file", finding.where());
        finding.entity().ifPresent(entity -> object.add("entity", entity));
        finding.group().ifPresent(group -> object.add("group", group));
        finding.sequence().ifPresent(sequence -> object.add("sequence", sequence));
        return object.add("what", finding.what());
    }

    public static Finding finding(Members object) throws MalformedLineException {
        try {
            Optional<String> entity = object.tryText("entity");
            return new Finding(Finding.Level.valueOf(object.text("level")),
                    Finding.Gravity.valueOf(object.text("gravity").toUpperCase(Locale.ROOT)), object.text("file"), object.text("what"),
                    entity, object.tryText("group"), object.tryNumber("sequence"));
        } catch (IllegalArgumentException e) {
            throw new MalformedLineException("a finding: " + e.getMessage());
        }
    }
}
