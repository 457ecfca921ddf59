package dev.svc.contract;

import dev.svc.model.State;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Then;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/// Phases as they stand in labels; what is absent is empty.
///
/// ```
/// {"is":"uninitialized"}   {"is":"disabled"}   {"is":"offline","notBefore":123}
/// {"is":"starting","contract":17,"deadline":123,"ending":"timed_out"}
/// {"is":"online","contract":17}   {"is":"degraded","contract":17}
/// {"is":"refreshing","from":"online","contract":17,"method":18,"deadline":123,"ending":"method_done"}
/// {"is":"stopping","from":"online","contract":17,"deadline":123,"then":"offline", and one of
///      "method":18   "method":18,"ended":"method_done"   "waiting":"kill_sent"   "killing":"timed_out","also":[18] }
/// {"is":"maintenance","leftovers":[17]}
/// ```
final class PhaseFormat {
    private PhaseFormat() {}

    static JsonObjectBuilder object(Phase phase) {
        return switch (phase) {
            case Phase.Uninitialized _ -> is("uninitialized");
            case Phase.Disabled _ -> is("disabled");
            case Phase.Offline(var notBefore) -> time(is("offline"), "notBefore", notBefore);
            case Phase.Starting(var contract, var deadline, var ending) -> ending(
                    time(is("starting").add("contract", contract.value()), "deadline", deadline), ending);
            case Phase.Online(var contract) -> contract(is("online"), "contract", contract);
            case Phase.Degraded(var contract) -> contract(is("degraded"), "contract", contract);
            case Phase.Refreshing(var from, var contract, var method, var deadline, var ending) -> ending(
                    time(
                            contract(is("refreshing").add("from", Words.of(from)), "contract", contract).add("method", method.value()),
                            "deadline",
                            deadline),
                    ending);
            case Phase.Stopping(var from, var contract, var stage, var deadline, var then) -> stage(
                    time(contract(is("stopping").add("from", Words.of(from)), "contract", contract), "deadline", deadline)
                            .add("then", Words.of(then)),
                    stage);
            case Phase.Maintenance(var leftovers) -> is("maintenance").add("leftovers", contracts(leftovers));
        };
    }

    static Phase phase(Members object) throws MalformedLineException {
        String is = object.text("is");
        return switch (is) {
            case "uninitialized" -> new Phase.Uninitialized();
            case "disabled" -> new Phase.Disabled();
            case "offline" -> new Phase.Offline(time(object, "notBefore"));
            case "starting" -> new Phase.Starting(
                    new ContractId(object.number("contract")),
                    time(object, "deadline"),
                    ending(object));
            case "online" -> new Phase.Online(contract(object, "contract"));
            case "degraded" -> new Phase.Degraded(contract(object, "contract"));
            case "refreshing" -> new Phase.Refreshing(
                    Words.constant(State.class, object.text("from")),
                    contract(object, "contract"),
                    new ContractId(object.number("method")),
                    time(object, "deadline"),
                    ending(object));
            case "stopping" -> new Phase.Stopping(
                    Words.constant(State.class, object.text("from")),
                    contract(object, "contract"),
                    stage(object),
                    time(object, "deadline"),
                    Words.constant(Then.class, object.text("then")));
            case "maintenance" -> new Phase.Maintenance(contracts(object, "leftovers"));
            default -> throw new MalformedLineException("\"" + is + "\" is not a phase");
        };
    }

    private static JsonObjectBuilder stage(JsonObjectBuilder object, Phase.Stage stage) {
        return switch (stage) {
            case Phase.Stage.MethodRunning(var method) -> object.add("method", method.value());
            case Phase.Stage.MethodEnded(var method, var ending) -> object.add("method", method.value()).add("ended", Words.of(ending));
            case Phase.Stage.WaitingForEmpty(var why) -> object.add("waiting", Words.of(why));
            case Phase.Stage.Killing(var ending, var also) -> object.add("killing", Words.of(ending)).add("also", contracts(also));
        };
    }

    private static Phase.Stage stage(Members object) throws MalformedLineException {
        Optional<ContractId> method = contract(object, "method");
        if (method.isPresent()) {
            Optional<Phase.Ending> ended = Words.constant(Phase.Ending.class, object.tryText("ended"));
            return ended.isPresent()
                    ? new Phase.Stage.MethodEnded(method.get(), ended.get())
                    : new Phase.Stage.MethodRunning(method.get());
        }
        Optional<Phase.Waiting> waiting = Words.constant(Phase.Waiting.class, object.tryText("waiting"));
        if (waiting.isPresent()) {
            return new Phase.Stage.WaitingForEmpty(waiting.get());
        }
        return new Phase.Stage.Killing(Words.constant(Phase.Ending.class, object.text("killing")), contracts(object, "also"));
    }

    private static JsonObjectBuilder is(String word) {
        return JsonLines.object().add("is", word);
    }

    private static JsonObjectBuilder time(JsonObjectBuilder object, String name, Optional<BootTime> time) {
        return time.isPresent() ? object.add(name, time.get().nanos()) : object;
    }

    private static Optional<BootTime> time(Members object, String name) throws MalformedLineException {
        return Words.optional(object.tryNumber(name), BootTime::new);
    }

    private static JsonObjectBuilder ending(JsonObjectBuilder object, Optional<Phase.Ending> ending) {
        return ending.isPresent() ? object.add("ending", Words.of(ending.get())) : object;
    }

    private static Optional<Phase.Ending> ending(Members object) throws MalformedLineException {
        return Words.constant(Phase.Ending.class, object.tryText("ending"));
    }

    private static JsonArrayBuilder contracts(List<ContractId> contracts) {
        JsonArrayBuilder ids = JsonLines.array();
        contracts.forEach(contract -> ids.add(contract.value()));
        return ids;
    }

    private static List<ContractId> contracts(Members object, String name) throws MalformedLineException {
        return object.numbers(name).stream().map(ContractId::new).toList();
    }

    private static JsonObjectBuilder contract(JsonObjectBuilder object, String name, Optional<ContractId> contract) {
        return contract.isPresent() ? object.add(name, contract.get().value()) : object;
    }

    private static Optional<ContractId> contract(Members object, String name) throws MalformedLineException {
        return Words.optional(object.tryNumber(name), ContractId::new);
    }
}
