package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/// Carries out the effects of steps, in order, and yields the answers.
///
/// An effect that fails stops its step there: what comes after it would not be announced (I2). A start that fails so is reported as
/// LaunchFailed; anything else is tried again by the engine a little later.
final class Effects {
    private static final System.Logger LOG = System.getLogger(Effects.class.getName());

    private final Contracts contracts;
    private final ServiceLog log;
    private final Clock clock;
    private final RootMemory root;
    private final MethodLaunch launch;

    Effects(Contracts contracts, ServiceLog log, Clock clock, RootMemory root, MethodLaunch launch) {
        this.contracts = contracts;
        this.log = log;
        this.clock = clock;
        this.root = root;
        this.launch = launch;
    }

    /// What came of the effects of one step: answers, and the effects that could not be carried out.
    record Outcome(List<Told> answers, List<Effect> left) {}

    Outcome carryOut(List<Effect> effects) {
        List<Told> answers = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            try {
                carryOut(effect, answers);
            } catch (IOException e) {
                LOG.log(Level.ERROR, effect.fmri() + ": " + name(effect) + " failed: " + e.getMessage());
                return failed(effects.subList(i, effects.size()), answers, e);
            }
        }
        return new Outcome(answers, List.of());
    }

    private void carryOut(Effect effect, List<Told> answers) throws IOException {
        switch (effect) {
            case Effect.WriteLabel(var label) -> contracts.writeLabel(label);
            case Effect.CreateContract(var fmri, var contract) -> {
                root.reserve(contract);
                contracts.create(fmri, contract);
            }
            case Effect.StartMethod(var fmri, var contract, var method) -> launch.start(fmri, contract, method);
            case Effect.Signal(var fmri, var contract, var signal) -> contracts.signal(fmri, contract, signal);
            case Effect.Kill(var fmri, var contract) -> contracts.kill(fmri, contract);
            case Effect.Revoke(var fmri, var contract) -> {
                boolean revoked = contracts.revoke(fmri, contract);
                answers.add(new Told(fmri, revoked ? new Event.Revoked(contract) : new Event.RevokeRefused(contract)));
            }
            case Effect.DropExitRecord(var _, var contract) -> contracts.dropExitRecord(contract);
            case Effect.Log(var fmri, var text) -> log.append(fmri, clock.wall(), text);
            case Effect.RemoveGroup(var fmri) -> contracts.removeGroup(fmri);
        }
    }

    private static Outcome failed(List<Effect> left, List<Told> answers, IOException cause) {
        for (Effect effect : left) {
            if (effect instanceof Effect.StartMethod(var fmri, ContractId contract, var _)) {
                answers.add(new Told(fmri, new Event.LaunchFailed(contract, cause.getMessage(), Event.Severity.RETRYABLE)));
                return new Outcome(answers, left.stream().filter(Effects::canComeLate).toList());
            }
        }
        return new Outcome(answers, List.copyOf(left));
    }

    /// Whether it may as well follow what comes next for the instance.
    static boolean canComeLate(Effect effect) {
        return effect instanceof Effect.DropExitRecord;
    }

    private static String name(Effect effect) {
        return effect.getClass().getSimpleName();
    }
}
