package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.contract.Launch;
import dev.svc.contract.LaunchException;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Method;
import dev.svc.model.MethodTokens;
import dev.svc.model.Model;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Begins methods: expands their tokens on the engine thread, spawns as a task by itself. The restarter, told of a failure,
/// writes it to the instance's log.
final class MethodLaunch {
    private final Contracts contracts;
    private final ServiceLog log;
    private final Surroundings surroundings;
    private final Map<String, String> environment;
    private final Consumer<Told> answers;
    private Model model = Model.EMPTY;
    private Map<InstanceFmri, Standing> standings = Map.of();

    /// @param environment what every method gets beside SMF's own variables
    /// @param answers where a failure to begin is told, from any thread
    MethodLaunch(Contracts contracts, ServiceLog log, Surroundings surroundings, Map<String, String> environment,
            Consumer<Told> answers) {
        this.contracts = contracts;
        this.log = log;
        this.surroundings = surroundings;
        this.environment = environment;
        this.answers = answers;
    }

    /// What is looked up from now on.
    void use(Model current, Map<InstanceFmri, Standing> all) {
        model = current;
        standings = all;
    }

    void start(InstanceFmri fmri, ContractId contract, String methodName) {
        Definition definition = standings.get(fmri).definition();
        Method method = definition.methods().get(methodName);
        if (method == null) {
            answers.accept(failed(fmri, contract, "method " + methodName + " is not defined any more", Event.Severity.FATAL));
            return;
        }
        try {
            String command = MethodTokens.expanded(method.exec(), fmri, methodName, model);
            log.append(fmri, surroundings.clock().wall(), "Executing " + methodName + " method (\"" + command + "\").");
            Launch launch = new Launch(
                    fmri, contract, methodName, command, method.context(), environment(fmri, methodName), session(definition));
            boolean isService = definition.model() == ServiceModel.CHILD && methodName.equals(Method.START);
            surroundings.tasks().execute(isService ? () -> spawnService(launch) : () -> spawn(launch));
        } catch (MethodTokens.InvalidTokenException e) {
            answers.accept(failed(fmri, contract, "Could not expand method tokens: " + e.getMessage(), Event.Severity.FATAL));
        }
    }

    /// A child is online as soon as it runs: one whose program is not there would come up and fail for ever (svc.startd(8)).
    private void spawnService(Launch launch) {
        String program = launch.command().strip().split("\\s", 2)[0];
        if (program.startsWith("/") && !surroundings.exists(Path.of(program))) {
            String why = "Missing start method (" + program + "), changing state to maintenance.";
            answers.accept(failed(launch.fmri(), launch.contract(), why, Event.Severity.FATAL));
            return;
        }
        spawn(launch);
    }

    private void spawn(Launch launch) {
        try {
            contracts.launch(launch);
            answers.accept(new Told(launch.fmri(), new Event.Launched(launch.contract())));
        } catch (LaunchException e) {
            answers.accept(failed(launch.fmri(), launch.contract(), e.getMessage(), e.severity()));
        }
    }

    // A getty is of the child model, and needs to lead its session; the others are spared the cost.
    private static Launch.Session session(Definition definition) {
        return definition.model() == ServiceModel.CHILD ? Launch.Session.OWN : Launch.Session.LAUNCHERS;
    }

    private Map<String, String> environment(InstanceFmri fmri, String method) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SMF_FMRI", fmri.toString());
        all.put("SMF_METHOD", method);
        all.put("SMF_RESTARTER", InstanceFmri.MASTER_RESTARTER.toString());
        all.put("SMF_ZONENAME", "global");
        return all;
    }

    private static Told failed(InstanceFmri fmri, ContractId contract, String why, Event.Severity severity) {
        return new Told(fmri, new Event.LaunchFailed(contract, why, severity));
    }
}
