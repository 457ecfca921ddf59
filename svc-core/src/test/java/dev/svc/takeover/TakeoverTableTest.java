package dev.svc.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Services;
import dev.svc.restarter.Then;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of takeover, row by row: what a label says and what its contracts are like, and what the instance becomes when the
/// restarter was told and its revocations were answered. Nothing else happens: methods that are started stay under way.
///
/// Labels: the phase, primary contract 17, `by` the contract of a stop or refresh method, `late`, `ending`, `+refresh` pending.
/// Contracts: number, then `launcher` (inside, with its method), `daemon` (other processes), `hidden` ones, `empty`, `gone`, `exit` N.
/// Effects: as they were carried out; logs and labels are left out.
class TakeoverTableTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final Duration NOW = Duration.ofSeconds(1000);

    @ParameterizedTest(name = "row {0}: {1}, {2}, {3} becomes {4}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, nullValues = "-", textBlock = """
            # row | model     | label says                | contracts                       | becomes             | effects
              1   | contract  | none                      | -                               | starting 1          | create 1, run start 1
              1   | contract  | offline                   | -                               | starting 1          | create 1, run start 1
              1   | contract  | disabled                  | -                               | starting 1          | create 1, run start 1
              1   | contract  | uninitialized             | -                               | starting 1          | create 1, run start 1
              1   | transient | none                      | -                               | starting 1          | create 1, run start 1
              2   | contract  | starting 17               | 17 launcher                     | starting 17         |
              2   | contract  | starting 17               | 17 launcher daemon              | starting 17         |
              2   | contract  | starting 17               | 17 daemon hidden                | starting 17         |
              2   | transient | starting 17               | 17 launcher                     | starting 17         |
              2   | child     | starting 17               | 17 launcher                     | online 17           |
              2   | child     | starting 17               | 17 daemon                       | online 17           |
              2a  | contract  | starting 17               | 17 daemon                       | starting 18         | kill 17, revoke 17, revoke 17, drop 17, create 18, run start 18
              3   | contract  | starting 17               | 17 daemon exit 0                | online 17           |
              3   | contract  | starting 17               | 17 launcher daemon exit 0       | online 17           |
              3   | transient | starting 17               | 17 daemon exit 0                | online 17           |
              3   | contract  | starting 17               | 17 daemon exit 97               | degraded 17         |
              4   | contract  | starting 17               | 17 daemon exit 1                | starting 18         | kill 17, revoke 17, revoke 17, drop 17, create 18, run start 18
              4   | contract  | starting 17               | 17 daemon exit 96               | maintenance         | kill 17, revoke 17, revoke 17, drop 17
              5   | transient | starting 17               | 17 empty exit 0                 | online              | revoke 17, drop 17
              5   | transient | starting 17               | 17 gone exit 0                  | online              | revoke 17, drop 17
              5   | contract  | starting 17               | 17 empty exit 94                | online              | revoke 17, drop 17
              6   | contract  | starting 17               | 17 empty exit 0                 | stopping 17 by 18   | create 18, run stop 18
              7   | contract  | starting 17               | 17 empty exit 1                 | starting 18         | kill 17, revoke 17, drop 17, create 18, run start 18, revoke 17
              7   | transient | starting 17               | 17 gone exit 95                 | maintenance         | kill 17, revoke 17, drop 17, revoke 17
              7   | child     | starting 17               | 17 empty exit 1                 | starting 18         | kill 17, revoke 17, drop 17, create 18, run start 18, revoke 17
              8   | contract  | starting 17               | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              8   | contract  | starting 17               | -                               | starting 18         | revoke 17, drop 17, create 18, run start 18
              8   | transient | starting 17               | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              8   | child     | starting 17               | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              8   | contract  | starting 17 late          | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              -   | contract  | starting 17 ending        | 17 daemon                       | starting 18         | kill 17, revoke 17, revoke 17, drop 17, create 18, run start 18
              -   | contract  | starting 17 ending        | 17 gone exit 1                  | starting 18         | kill 17, revoke 17, drop 17, create 18, run start 18
              9   | contract  | online 17                 | 17 daemon                       | online 17           |
              9   | contract  | degraded 17               | 17 daemon exit 0                | degraded 17         |
              9   | contract  | online 17                 | 17 daemon exit 1                | online 17           |
              9   | transient | online 17                 | 17 daemon exit 0                | online 17           |
              9   | child     | online 17                 | 17 launcher                     | online 17           |
              9a  | child     | online 17                 | 17 daemon exit 1                | starting 18         | kill 17, revoke 17, revoke 17, drop 17, create 18, run start 18
              9a  | child     | degraded 17               | 17 launcher exit 96             | maintenance         | kill 17, revoke 17, revoke 17, drop 17
              9b  | contract  | refreshing 17 by 18       | 17 daemon; 18 empty exit 0      | online 17           | kill 18, revoke 18, drop 18, revoke 18
              9b  | contract  | refreshing 17 by 18       | 17 daemon; 18 launcher exit 0   | online 17           | kill 18, revoke 18, revoke 18, drop 18
              9b  | contract  | refreshing 17 by 18       | 17 daemon; 18 gone exit 1       | refreshing 17 by 19 | kill 18, revoke 18, drop 18, create 19, run refresh 19
              9b  | contract  | refreshing 17 by 18       | 17 daemon; 18 launcher          | refreshing 17 by 18 |
              9b  | contract  | refreshing 17 by 18       | 17 daemon; 18 empty             | refreshing 17 by 19 | revoke 18, drop 18, create 19, run refresh 19
              9b  | contract  | refreshing 17 by 18       | 17 daemon                       | refreshing 17 by 19 | revoke 18, drop 18, create 19, run refresh 19
              9b  | contract  | refreshing 17 by 18       | 17 empty; 18 empty              | stopping 17 by 19   | revoke 18, drop 18, create 19, run stop 19
              9b  | contract  | online 17 +refresh        | 17 daemon                       | refreshing 17 by 18 | create 18, run refresh 18
              9b  | contract  | online +refresh           | -                               | refreshing by 1     | create 1, run refresh 1
              -   | contract  | refreshing 17 by 18 ending| 17 daemon; 18 daemon            | online 17           | kill 18, revoke 18, revoke 18, drop 18
              10  | transient | online                    | -                               | online              |
              10  | contract  | online                    | -                               | online              |
              10  | transient | online 17                 | 17 empty exit 0                 | online              | revoke 17, drop 17
              10  | transient | online 17                 | -                               | online              | revoke 17, drop 17
              11  | contract  | online 17                 | 17 empty                        | stopping 17 by 18   | create 18, run stop 18
              11  | contract  | degraded 17               | -                               | stopping 17 by 18   | create 18, run stop 18
              11  | child     | online 17                 | 17 empty exit 0                 | starting 18         | kill 17, revoke 17, drop 17, create 18, run start 18, revoke 17
              11  | child     | online 17                 | 17 empty                        | starting 18         | revoke 17, kill 17, revoke 17, drop 17, create 18, run start 18
              12  | contract  | stopping 17 by 18         | 17 daemon; 18 launcher          | stopping 17 by 18   |
              12  | contract  | stopping 17 by 18         | 17 empty; 18 launcher           | stopping 17 by 18   |
              12a | contract  | stopping 17 by 18         | 17 daemon; 18 empty             | stopping 17 by 19   | revoke 18, drop 18, create 19, run stop 19
              12a | contract  | stopping 17 by 18         | 17 daemon                       | stopping 17 by 19   | revoke 18, drop 18, create 19, run stop 19
              12a | contract  | stopping 17 by 18         | 17 empty                        | stopping 17 by 19   | revoke 18, drop 18, create 19, run stop 19
              12a | transient | stopping by 18            | 18 empty                        | stopping by 19      | revoke 18, drop 18, create 19, run stop 19
              12a | killable  | stopping 17 kill          | 17 daemon                       | disabled            | TERM 17, revoke 17, revoke 17, drop 17
              13  | contract  | stopping 17 by 18         | 17 daemon; 18 empty exit 0      | stopping 17 wait    | kill 18, revoke 18, drop 18, revoke 17, revoke 18
              13  | contract  | stopping 17 wait          | 17 daemon                       | stopping 17 wait    | revoke 17
              13  | killable  | stopping 17 kill late     | 17 daemon                       | stopping 17 kill    | revoke 17
              13  | contract  | stopping 17 by 18 late    | 17 daemon; 18 empty             | disabled            | kill 18, revoke 18, drop 18, kill 17, revoke 17, revoke 17, drop 17
              13a | contract  | stopping 17 by 18         | 17 daemon; 18 empty exit 1      | stopping 17 by 19   | kill 18, revoke 18, revoke 17, drop 18, create 19, run stop 19
              13a | contract  | stopping 17 by 18         | 17 empty; 18 empty exit 1       | disabled            | kill 18, revoke 18, revoke 17, drop 17, drop 18, revoke 18
              13a | contract  | stopping 17 by 18         | 17 daemon; 18 gone exit 95      | maintenance         | kill 18, revoke 18, revoke 17, drop 18, kill 17, revoke 17, revoke 17, drop 17, revoke 18
              14  | contract  | stopping 17 by 18         | 17 empty; 18 empty exit 0       | disabled            | kill 18, revoke 18, drop 18, revoke 17, drop 17, revoke 18
              14  | contract  | stopping 17 wait          | 17 empty                        | disabled            | revoke 17, drop 17
              14  | killable  | stopping 17 kill          | 17 gone exit 0                  | disabled            | revoke 17, drop 17
              14  | contract  | stopping 17 by 18 late    | 17 empty; 18 empty              | disabled            | kill 18, revoke 18, drop 18, kill 17, revoke 17, drop 17
              14  | transient | stopping by 18            | 18 gone exit 0                  | disabled            | kill 18, revoke 18, drop 18, revoke 18
              -   | contract  | stopping 17 ended 18      | 17 daemon; 18 daemon            | stopping 17 wait    | kill 18, revoke 18, revoke 18, drop 18, revoke 17
              -   | contract  | stopping 17 killing       | 17 daemon                       | disabled            | kill 17, revoke 17, revoke 17, drop 17
              15  | contract  | maintenance 17            | 17 daemon                       | maintenance 17      |
              15  | contract  | maintenance 17            | 17 empty                        | maintenance         | revoke 17, drop 17
              15  | contract  | maintenance               | -                               | maintenance         |
              16  | contract  | unreadable                | 17 daemon                       | online 17           |
              16  | contract  | unreadable                | 17 daemon exit 0                | online 17           |
              16  | transient | unreadable                | 17 daemon                       | online 17           |
              16  | child     | unreadable                | 17 launcher                     | online 17           |
              16  | contract  | unreadable                | 17 daemon; 16 gone exit 0       | online 17           | drop 16
              16  | contract  | none                      | 17 daemon                       | online 17           |
              16a | contract  | unreadable                | 17 launcher                     | starting 17         |
              17  | transient | unreadable                | -                               | maintenance         |
              17  | transient | unreadable                | 17 empty exit 0                 | maintenance         | revoke 17, drop 17
              17  | transient | none                      | 17 gone exit 0                  | maintenance         | drop 17
              17a | transient | unreadable                | 17 launcher                     | maintenance 17      |
              17a | transient | unreadable                | 17 launcher exit 0              | online 17           |
              18  | contract  | unreadable                | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              18  | child     | unreadable                | -                               | starting 1          | create 1, run start 1
              19  | contract  | online 17                 | 17 daemon; 16 empty exit 1      | online 17           | revoke 16, drop 16
              19  | contract  | offline                   | 17 empty                        | starting 18         | revoke 17, drop 17, create 18, run start 18
              20  | contract  | offline                   | 17 daemon                       | online 17           |
              20  | contract  | starting 16               | 16 empty; 17 daemon             | online 17           | revoke 16, drop 16
              20  | contract  | online 16                 | 16 daemon; 17 daemon            | maintenance 16 17   |
              20  | contract  | stopping 16 wait          | 16 empty; 17 daemon             | stopping 17 wait    | revoke 16, drop 16, revoke 17
              20  | contract  | maintenance 16            | 16 daemon; 17 daemon            | maintenance 16 17   |
              20  | contract  | unreadable                | 16 daemon; 17 launcher          | maintenance 16 17   |
            """) void becomes(String row, String model, String label, String contracts, String becomes, String effects) {
        Definition definition = definition(model);
        FakeKernel kernel = new FakeKernel();
        if (contracts != null) {
            contracts(kernel, contracts);
        }
        label(kernel, label, definition.model());
        FakeManager manager = new FakeManager(
                kernel, new Configured(definition, !disabledByLabel(label)), () -> new BootTime(NOW.toNanos()), () -> {},
                new ArrayList<>());
        manager.takeOver();
        manager.work();
        assertEquals(becomes, phase(manager.labels.get(WEB).phase()));
        assertEquals(effects == null ? "" : effects, did(manager.done));
    }

    // A stop that ends in disabled belongs to a disabled instance.
    private static boolean disabledByLabel(String label) {
        return label.startsWith("stopping");
    }

    private record Configured(Definition definition, boolean setting) implements FakeManager.Repository {
        @Override public Map<InstanceFmri, Definition> definitions() {
            return Map.of(WEB, definition);
        }

        @Override public Map<InstanceFmri, Boolean> enabled() {
            return Map.of(WEB, setting);
        }

        @Override public Freshness freshness() {
            return new Freshness(true, new Sequence(1, "a", 5), Map.of());
        }
    }

    private static Definition definition(String model) {
        return switch (model) {
            case "contract" ->
                Services.service(WEB, ServiceModel.CONTRACT, "start=/bin/web", "stop=/bin/web stop", "refresh=/bin/web reload");
            case "killable" -> Services.service(WEB, ServiceModel.CONTRACT, "start=/bin/web", "stop=:kill");
            case "transient" -> Services.service(WEB, ServiceModel.TRANSIENT, "start=/bin/prepare", "stop=/bin/prepare undo");
            case "child" -> Services.service(WEB, ServiceModel.CHILD, "start=/bin/loop", "stop=:kill");
            default -> throw new AssertionError(model);
        };
    }

    private static void contracts(FakeKernel kernel, String text) {
        for (String each : List.of(text.split("; ")).stream().sorted().toList()) {
            List<String> words = List.of(each.split(" "));
            FakeKernel.Contract contract = kernel.create(WEB, new ContractId(Long.parseLong(words.getFirst())));
            contract.launcher = words.contains("launcher");
            contract.running = contract.launcher && !words.contains("exit");
            contract.others = words.contains("daemon");
            contract.visible = !words.contains("hidden");
            contract.exists = !words.contains("gone");
            if (words.contains("exit")) {
                kernel.exits.put(contract.id, WaitStatus.exited(Integer.parseInt(words.getLast())));
            }
        }
    }

    private static void label(FakeKernel kernel, String text, ServiceModel model) {
        List<String> words = List.of(text.split(" "));
        if (words.getFirst().equals("none")) {
            return;
        }
        if (words.getFirst().equals("unreadable")) {
            kernel.writeLabel(base(model, true));
            kernel.unreadable.add(WEB);
            return;
        }
        Label label = base(model, !disabledByLabel(text)).withPhase(parsed(words), Instant.EPOCH);
        kernel.writeLabel(words.contains("+refresh") ? label.withPending(List.of(new Request.Refresh())) : label);
        label.phase().contracts().forEach(c -> {
            if (c.compareTo(kernel.nextContract()) >= 0) {
                // The number was taken, whatever became of the contract.
                kernel.create(WEB, c).exists = false;
                kernel.contracts.remove(c);
            }
        });
    }

    private static Label base(ServiceModel model, boolean enabled) {
        return Label.fresh(WEB, model, enabled, new Sequence(1, "a", 5), Instant.EPOCH);
    }

    private static Phase parsed(List<String> words) {
        List<ContractId> ids = words.stream().filter(w -> w.matches("[0-9]+")).map(w -> new ContractId(Long.parseLong(w))).toList();
        Optional<BootTime> deadline = Optional.of(new BootTime(NOW.plusSeconds(words.contains("late") ? -1 : 30).toNanos()));
        Optional<Phase.Ending> ending = words.contains("ending") ? Optional.of(Phase.Ending.METHOD_FAILED) : Optional.empty();
        return switch (words.getFirst()) {
            case "uninitialized" -> new Phase.Uninitialized();
            case "offline" -> new Phase.Offline(Optional.empty());
            case "disabled" -> new Phase.Disabled();
            case "starting" -> new Phase.Starting(ids.getFirst(), deadline, ending);
            case "online" -> new Phase.Online(ids.stream().findFirst());
            case "degraded" -> new Phase.Degraded(ids.stream().findFirst());
            case "maintenance" -> new Phase.Maintenance(ids);
            case "refreshing" -> new Phase.Refreshing(
                    State.ONLINE, Optional.of(ids.getFirst()), ids.getLast(), deadline, ending.map(_ -> Phase.Ending.METHOD_DONE));
            case "stopping" -> new Phase.Stopping(
                    State.ONLINE, primary(words, ids), stage(words, ids), deadline, Then.DISABLED);
            default -> throw new AssertionError(words.toString());
        };
    }

    private static Optional<ContractId> primary(List<String> words, List<ContractId> ids) {
        return words.get(1).equals("by") ? Optional.empty() : Optional.of(ids.getFirst());
    }

    private static Phase.Stage stage(List<String> words, List<ContractId> ids) {
        if (words.contains("by")) {
            return new Phase.Stage.MethodRunning(ids.getLast());
        }
        if (words.contains("ended")) {
            return new Phase.Stage.MethodEnded(ids.getLast(), Phase.Ending.METHOD_DONE);
        }
        if (words.contains("killing")) {
            return new Phase.Stage.Killing(Phase.Ending.TIMED_OUT, List.of());
        }
        return new Phase.Stage.WaitingForEmpty(words.contains("kill") ? Phase.Waiting.KILL_SENT : Phase.Waiting.METHOD_DONE);
    }

    private static String phase(Phase phase) {
        List<String> words = new ArrayList<>();
        words.add(phase.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        Optional<ContractId> method = phase.transientContract();
        phase.contracts().stream().filter(c -> method.filter(c::equals).isEmpty()).forEach(c -> words.add(c.toString()));
        method.ifPresent(m -> words.add("by " + m));
        if (phase instanceof Phase.Stopping(_, _, Phase.Stage.WaitingForEmpty(var why), _, _)) {
            words.add(why == Phase.Waiting.KILL_SENT ? "kill" : "wait");
        }
        return String.join(" ", words);
    }

    private static String did(List<Effect> effects) {
        List<String> all = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.CreateContract(_, var c) -> all.add("create " + c);
                case Effect.StartMethod(_, var c, var method) -> all.add("run " + method + " " + c);
                case Effect.Signal(_, var c, var signal) -> all.add(signal + " " + c);
                case Effect.Kill(_, var c) -> all.add("kill " + c);
                case Effect.Revoke(_, var c) -> all.add("revoke " + c);
                case Effect.DropExitRecord(_, var c) -> all.add("drop " + c);
                case Effect.RemoveGroup _ -> all.add("remove");
                case Effect.WriteLabel _,Effect.Log _ -> {}
            }
        }
        return String.join(", ", all);
    }
}
