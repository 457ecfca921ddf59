package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.fmri.InstanceFmri;
import dev.svc.repository.Finding;
import dev.svc.repository.Repository;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What the control server sees of the engine. All methods may be called from any thread.
public interface Administered {
    /// The latest snapshot; never waits.
    Published published();

    /// Waits for a snapshot newer than `version`; yields the latest one when `timeout` is over.
    Published awaitNewer(long version, Duration timeout) throws InterruptedException;

    /// Asks for a change. The future completes when it is recorded or refused, always normally, and not before [#published] shows what
    /// came of it: who waits for a state afterwards must not take the one from before his request for the answer.
    CompletableFuture<Answer> submit(Administration request);

    /// Asks the repository something, in its own thread and in order with the changes. The future completes exceptionally only if the
    /// manager ends before.
    <T> CompletableFuture<T> inspect(Function<Repository, T> question);

    /// Verifies the repository, V1 to V4; what is wrong with the live files is mended before the answer.
    CompletableFuture<List<Finding>> verify();

    /// The processes of an instance's contracts, by pid; their launchers are left out.
    List<Contracts.Member> members(InstanceFmri fmri);

    /// Of which processes a fault is seen here while others of their service live.
    Contracts.Faults faultsTold();
}
