package dev.svc.restarter;

import dev.svc.fmri.InstanceFmri;

/// What the engine carries out, in order; answers come back only as [Event]s.
public sealed interface Effect {
    InstanceFmri fmri();

    /// Store the label, xattr first, then the copy; if neither can be written the following effects of the step are not carried out.
    record WriteLabel(Label label) implements Effect {
        @Override public InstanceFmri fmri() {
            return label.fmri();
        }
    }

    /// Record the next contract id on the root, then make the contract's group.
    record CreateContract(InstanceFmri fmri, ContractId contract) implements Effect {}

    /// Expand the method's tokens and spawn its launcher into the contract.
    record StartMethod(InstanceFmri fmri, ContractId contract, String method) implements Effect {}

    /// Signal every process of the contract until no new one turns up.
    record Signal(InstanceFmri fmri, ContractId contract, String signal) implements Effect {}

    /// SIGKILL every process of the contract at once.
    record Kill(InstanceFmri fmri, ContractId contract) implements Effect {}

    /// Remove the contract's group so that nothing can enter; answered by Revoked or RevokeRefused.
    record Revoke(InstanceFmri fmri, ContractId contract) implements Effect {}

    /// Delete the exit record of a contract that no label names any more.
    record DropExitRecord(InstanceFmri fmri, ContractId contract) implements Effect {}

    /// Append a line of ours to the instance's log.
    record Log(InstanceFmri fmri, String text) implements Effect {}

    /// Unlink the label's copy, then remove the instance group: the instance is forgotten.
    record RemoveGroup(InstanceFmri fmri) implements Effect {}
}
