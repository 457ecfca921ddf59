package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.ErrorClass;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Then;
import dev.svc.protocol.NewerVersionException;
import dev.svc.protocol.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelFormatTest {
    private static final int LABELS = 3000;

    private final Random random = new Random(20260311);

    @Test void whatWasWrittenIsRead() throws Exception {
        for (int i = 0; i < LABELS; i++) {
            Label label = label();
            assertEquals(label, LabelFormat.label(LabelFormat.bytes(label)));
        }
    }

    @Test void anyFlippedBitIsNoticed() {
        byte[] line = LabelFormat.bytes(label());
        for (int bit = 0; bit < line.length * 8; bit++) {
            byte[] damaged = line.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(UnreadableLabelException.class, () -> LabelFormat.label(damaged), "bit " + bit);
        }
    }

    @Test void anyMissingEndIsNoticed() {
        byte[] line = LabelFormat.bytes(label());
        for (int length = 0; length < line.length; length++) {
            byte[] cut = Arrays.copyOf(line, length);
            assertThrows(UnreadableLabelException.class, () -> LabelFormat.label(cut));
        }
    }

    @Test void newerFormatIsRefusedByItsNumber() {
        Label label = label();
        String line = new String(LabelFormat.bytes(label), StandardCharsets.UTF_8).replaceAll(",\"crc\".*", "}");
        byte[] newer = Checked.seal(line.replace("\"version\":1", "\"version\":2"));
        NewerVersionException refusal = assertThrows(NewerVersionException.class, () -> LabelFormat.label(newer));
        assertEquals("the label of " + label.fmri() + " is of format 2, written by a newer svc.startd; this one, " + Version.current()
                + ", reads formats up to 1", refusal.getMessage());
        newer[20] ^= 1;
        assertThrows(UnreadableLabelException.class, () -> LabelFormat.label(newer), "damage is damage, whatever it claims to be");
    }

    @Test void unknownMembersAreIgnored() throws Exception {
        Label label = label();
        String line = new String(LabelFormat.bytes(label), StandardCharsets.UTF_8).replaceAll(",\"crc\".*", "}");
        assertEquals(label, LabelFormat.label(Checked.seal(line.replace("{\"version\"", "{\"later\":[{}],\"version\""))));
    }

    @Test void wordThatIsNoPhaseIsNamed() {
        String line = new String(LabelFormat.bytes(label()), StandardCharsets.UTF_8).replaceAll(",\"crc\".*", "}");
        byte[] odd = Checked.seal(line.replaceFirst("\"phase\":\\{\"is\":\"[a-z]*\"", "\"phase\":{\"is\":\"floating\""));
        UnreadableLabelException refusal = assertThrows(UnreadableLabelException.class, () -> LabelFormat.label(odd));
        assertTrue(refusal.getMessage().contains("\"floating\" is not a phase"), refusal.getMessage());
    }

    private Label label() {
        return new Label(fmri(), random.nextLong(), phase(), one(ServiceModel.values()), random.nextBoolean(),
                maybe(random::nextBoolean), random.nextBoolean(), sequence(), some(this::request), some(this::time), random.nextInt(4),
                maybe(() -> new MethodFailure(text(), status(), random.nextBoolean())), maybe(this::status),
                maybe(() -> one(Reason.values())), one(Reason.values()),
                maybe(this::fmri), maybe(this::text),
                Instant.ofEpochSecond(random.nextLong(1L << 40), random.nextInt(1_000_000_000)));
    }

    private Phase phase() {
        return switch (random.nextInt(9)) {
            case 0 -> new Phase.Uninitialized();
            case 1 -> new Phase.Disabled();
            case 2 -> new Phase.Offline(maybe(this::time));
            case 3 -> new Phase.Starting(contract(), maybe(this::time), maybe(() -> one(Phase.Ending.values())));
            case 4 -> new Phase.Online(maybe(this::contract));
            case 5 -> new Phase.Degraded(maybe(this::contract));
            case 6 -> new Phase.Refreshing(one(State.values()), maybe(this::contract), contract(), maybe(this::time),
                    maybe(() -> one(Phase.Ending.values())));
            case 7 -> new Phase.Stopping(one(State.values()), maybe(this::contract), stage(), maybe(this::time), one(Then.values()));
            default -> new Phase.Maintenance(some(this::contract));
        };
    }

    private Phase.Stage stage() {
        return switch (random.nextInt(4)) {
            case 0 -> new Phase.Stage.MethodRunning(contract());
            case 1 -> new Phase.Stage.MethodEnded(contract(), one(Phase.Ending.values()));
            case 2 -> new Phase.Stage.WaitingForEmpty(one(Phase.Waiting.values()));
            default -> new Phase.Stage.Killing(one(Phase.Ending.values()), some(this::contract));
        };
    }

    private Request request() {
        return switch (random.nextInt(9)) {
            case 0 -> new Request.Restart(one(Request.Dump.values()));
            case 1 -> new Request.Refresh();
            case 2 -> new Request.Clear();
            case 3 -> new Request.MarkMaintenance(one(Request.Haste.values()), maybe(this::fmri), random.nextBoolean());
            case 4 -> new Request.MarkDegraded(maybe(this::fmri), random.nextBoolean());
            case 5 -> new Request.Disable(one(Event.By.values()));
            case 6 -> new Request.Stop(one(Reason.values()), one(ErrorClass.values()));
            case 7 -> new Request.Misconfigured(one(Reason.values()));
            default -> new Request.Forget();
        };
    }

    private InstanceFmri fmri() {
        return new InstanceFmri("site/s" + random.nextInt(100), "i" + random.nextInt(100));
    }

    private Sequence sequence() {
        return new Sequence(random.nextInt(5), text(), random.nextLong());
    }

    private ContractId contract() {
        return new ContractId(1 + random.nextLong(1L << 50));
    }

    private BootTime time() {
        return new BootTime(random.nextLong());
    }

    private WaitStatus status() {
        return new WaitStatus(random.nextInt(1 << 16));
    }

    private String text() {
        int[] characters = random.ints(random.nextInt(12), 1, 0x2fff).toArray();
        return new String(characters, 0, characters.length);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(4)).toList();
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
