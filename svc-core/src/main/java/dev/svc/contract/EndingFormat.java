package dev.svc.contract;

import dev.svc.posix.ProcessIdentity;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/// How a boot was ended, `run/svc/ended`. `keeper` and `since` (its start, in ticks since boot) are there if there was one.
///
/// ```
/// {"version":1,"boot":"<boot identity>","keeper":4711,"since":123456,"status":0,"crc":"0a1b2c3d"}
/// ```
final class EndingFormat {
    private static final long VERSION = 1;

    private EndingFormat() {}

    static byte[] bytes(BootIdentity boot, Ending ending) {
        JsonObjectBuilder line = JsonLines.object().add("version", VERSION).add("boot", boot.toString());
        ending.keeper().ifPresent(keeper -> line.add("keeper", keeper.pid()).add("since", keeper.startTicks()));
        return Checked.seal(JsonLines.line(line.add("status", ending.status()).build()));
    }

    /// Nothing if it is damaged, of another boot, or of another version: whoever wrote it does not come back as we.
    static Optional<Ending> of(byte[] line, BootIdentity boot) {
        if (!Checked.isIntact(line)) {
            return Optional.empty();
        }
        try {
            Members members = new Members(JsonLines.parse(new String(line, StandardCharsets.UTF_8)));
            if (members.number("version") != VERSION || !members.text("boot").equals(boot.toString())) {
                return Optional.empty();
            }
            OptionalLong pid = members.tryNumber("keeper");
            Optional<ProcessIdentity> keeper = pid.isPresent()
                    ? Optional.of(new ProcessIdentity(pid.getAsLong(), members.number("since")))
                    : Optional.empty();
            return Optional.of(new Ending(keeper, Math.toIntExact(members.number("status"))));
        } catch (MalformedLineException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
