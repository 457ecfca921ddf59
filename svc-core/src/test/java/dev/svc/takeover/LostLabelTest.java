package dev.svc.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Services;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Stories of instances whose label is lost in both copies, or does not name what its contracts are like; each was once a seed of the
/// simulation.
class LostLabelTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final ContractId C17 = new ContractId(17);
    private static final ContractId C18 = new ContractId(18);
    private static final Sequence SEQUENCE = new Sequence(1, "a", 5);

    private final FakeKernel kernel = new FakeKernel();
    private final Configured configured = new Configured();
    private int effectsToLive = Integer.MAX_VALUE;
    private Runnable beforeEffects = () -> {};

    private static final class Configured implements FakeManager.Repository {
        private final Map<InstanceFmri, Definition> definitions = new HashMap<>();

        @Override public Map<InstanceFmri, Definition> definitions() {
            return definitions;
        }

        @Override public Map<InstanceFmri, Boolean> enabled() {
            Map<InstanceFmri, Boolean> enabled = new HashMap<>();
            definitions.keySet().forEach(fmri -> enabled.put(fmri, true));
            return enabled;
        }

        @Override public Freshness freshness() {
            return new Freshness(true, SEQUENCE, Map.of(WEB, SEQUENCE));
        }
    }

    private FakeManager manager() {
        return new FakeManager(kernel, configured, () -> new BootTime(1_000_000_000_000L), () -> {
            beforeEffects.run();
            if (--effectsToLive < 0) {
                throw new FakeManager.Killed();
            }
        }, new ArrayList<>());
    }

    private void lost(ServiceModel model) {
        kernel.writeLabel(Label.fresh(WEB, model, true, SEQUENCE, Instant.EPOCH));
        kernel.unreadable.add(WEB);
    }

    private FakeKernel.Contract launched(ContractId id, String method) {
        FakeKernel.Contract contract = kernel.create(WEB, id);
        kernel.launch(id, method);
        assertTrue(kernel.join(contract));
        return contract;
    }

    /// Seed 1117723: the repaired label was stored before the contract it named no more was revoked; the manager was killed between the
    /// two, and the launcher of the stop method, delayed since before, came after all.
    @Test void contractThatARepairedLabelDoesNotNameIsRevokedFirst() {
        configured.definitions.put(WEB, Services.service(WEB, ServiceModel.CONTRACT, "start=/bin/web", "stop=/bin/web stop"));
        lost(ServiceModel.CONTRACT);
        launched(C17, "start");
        FakeKernel.Contract stopping = kernel.create(WEB, C18);
        kernel.launch(C18, "stop");
        effectsToLive = 1;
        FakeManager manager = manager();
        assertThrows(FakeManager.Killed.class, manager::takeOver);
        assertEquals(List.of(new Effect.Revoke(WEB, C18)), manager.done);
        assertTrue(!kernel.join(stopping), "the launcher finds its contract revoked");
    }

    /// Seed 1192679: a child was taken as a daemon that is starting, since its definition was deleted; its launcher never ends, so it
    /// stayed starting and was never forgotten.
    @Test void deletedChildWhoseLabelIsLostIsStoppedAndForgotten() {
        lost(ServiceModel.CHILD);
        FakeKernel.Contract child = launched(C17, "start");
        FakeManager manager = manager();
        manager.takeOver();
        manager.work();
        assertTrue(manager.done.contains(new Effect.Signal(WEB, C17, "TERM")), manager.done::toString);
        kernel.exit(child, WaitStatus.killedBy(15));
        kernel.leave(child);
        manager.work();
        assertEquals(Map.of(), manager.labels);
        assertEquals(Map.of(), kernel.labels);
    }

    /// Revoking the contract decides: if its launcher was faster, the start goes on under its eyes and is not taken for a running service.
    @Test void launcherThatIsFasterThanTheRevocationIsStarting() {
        configured.definitions.put(WEB, Services.service(WEB, ServiceModel.CONTRACT, "start=/bin/web", "stop=/bin/web stop"));
        lost(ServiceModel.CONTRACT);
        FakeKernel.Contract contract = kernel.create(WEB, C17);
        kernel.launch(C17, "start");
        beforeEffects = () -> {
            kernel.join(contract);
            beforeEffects = () -> {};
        };
        FakeManager manager = manager();
        manager.takeOver();
        manager.work();
        assertEquals(new Phase.Starting(C17, Optional.empty(), Optional.empty()), manager.labels.get(WEB).phase());
    }

    /// Seed 1510467: the launcher of a one-shot's refresh was taken for that of its start; when it died, the one-shot ran again.
    @Test void oneShotWithALostLabelAndALauncherInsideIsNotRunAgain() {
        configured.definitions.put(WEB, Services.service(WEB, ServiceModel.TRANSIENT, "start=/bin/prepare", "refresh=/bin/prepare again"));
        lost(ServiceModel.TRANSIENT);
        FakeKernel.Contract refresh = launched(C17, "refresh");
        FakeManager manager = manager();
        manager.takeOver();
        kernel.launcherDiesInside(refresh);
        kernel.othersDie(refresh);
        manager.work();
        assertInstanceOf(Phase.Maintenance.class, manager.labels.get(WEB).phase());
        assertTrue(manager.done.stream().noneMatch(Effect.StartMethod.class::isInstance), manager.done::toString);
        assertEquals(Optional.empty(), manager.labels.get(WEB).phase().primary());
    }
}
