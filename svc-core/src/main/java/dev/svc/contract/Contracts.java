package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// All process contracts and labels of one root.
public interface Contracts extends AutoCloseable {
    /// How strongly processes are held together.
    enum Containment {
        CGROUP, FALLBACK
    }

    Containment containment();

    /// Which faults of members, while others live, are told ([Event.MemberFault]).
    enum Faults {
        ALL,
        /// Those of the processes whose parent was outside the contract when its method had ended.
        OF_MAINS,
        /// Only that no process is left is told.
        NONE
    }

    /// From any thread; not all right after contracts were opened.
    default Faults faultsTold() {
        return Faults.NONE;
    }

    /// What the root remembers of this boot; if it never said anything, which contract ids were given before everything was stopped.
    RootRecord root() throws IOException;

    void writeRoot(RootRecord record) throws IOException;

    /// Whether this is the first manager of the boot: another boot identity and nothing populated. Labels and exit records of the
    /// former boot were discarded when these contracts were opened.
    boolean coldBoot();

    /// Starts watching, then yields what there is: labels, contracts, populated or not, launchers, exit records last. A populated
    /// contract is safe from here on. Happenings go to `sink`, from a thread of our own, as they come.
    List<Found> surveyAndWatch(Consumer<Happening> sink) throws IOException;

    /// Stores the label of an instance, making its group if need be.
    ///
    /// @throws IOException if neither copy could be written: nothing that the label announces may be done
    void writeLabel(Label label) throws IOException;

    /// Reads all copies of a label, and writes again those that do not say what `label` does. Yields what was wrong, but nothing of a copy
    /// that could not be written when it should have been, nor twice of one that cannot be written again.
    ///
    /// @param label the one that was stored last
    List<Damage> scrubLabel(Label label);

    /// The same for what the root remembers.
    List<Damage> scrubRoot(RootRecord record);

    /// Forgets an instance: unlinks the copy of its label, then removes its group (which must have no contract left).
    void removeGroup(InstanceFmri fmri) throws IOException;

    /// Makes the group of a new contract and watches it.
    void create(InstanceFmri fmri, ContractId contract) throws IOException;

    /// Spawns a launcher; returns when it is spawned, not when the method ends. Called from a virtual thread.
    ///
    /// @throws LaunchException if it cannot be begun; says whether trying again may help
    void launch(Launch launch) throws LaunchException;

    /// Signals every process of the contract until no new one turns up; a contract that is gone or empty is no error.
    ///
    /// @param signal a name without SIG, such as `TERM`, or a number
    void signal(InstanceFmri fmri, ContractId contract, String signal) throws IOException;

    /// SIGKILL to every process of the contract at once.
    void kill(InstanceFmri fmri, ContractId contract) throws IOException;

    /// Makes the contract unenterable and removes it. Yields false if a process (or a new nested group) is inside. A contract that
    /// does not exist is revoked.
    boolean revoke(InstanceFmri fmri, ContractId contract) throws IOException;

    void dropExitRecord(ContractId contract) throws IOException;

    /// The processes of a contract, by pid; zombies are left out.
    List<Member> members(InstanceFmri fmri, ContractId contract);

    /// Forgets what lives as long as the boot, labels above all, as everything was stopped: the next manager begins as after a boot, but for
    /// contract ids, none of which is given again: a launcher may still be on its way to it.
    /// A contract with a process in it stays, and with it all the rest.
    ///
    /// @param last what the root said in the end; what is stored of it may be damaged
    /// @param ending remembered first of all: whoever is killed from then on has a successor that finds it ([Ending#last])
    void endBoot(RootRecord last, Ending ending) throws IOException;

    @Override void close();

    /// What was wrong with a copy of a label or of the root's record.
    ///
    /// @param where the place it stands in, for the administrator
    /// @param what half a sentence, in the past tense
    record Damage(String where, String what) {}

    /// Something that happened to a contract.
    record Happening(InstanceFmri fmri, Event event) {}

    /// A process of a contract.
    ///
    /// @param startedSeconds when it started, in seconds since the epoch
    record Member(long pid, double startedSeconds, String command, String arguments) {
        /// Whether it is the launcher of `contract`, ours and not the service's: known by its command line.
        public boolean isLauncherOf(ContractId contract) {
            return arguments.contains("/svc.launch " + contract + " ");
        }
    }
}
