package dev.svc.takeover;

import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Phase.Degraded;
import dev.svc.restarter.Phase.Disabled;
import dev.svc.restarter.Phase.Maintenance;
import dev.svc.restarter.Phase.Offline;
import dev.svc.restarter.Phase.Online;
import dev.svc.restarter.Phase.Refreshing;
import dev.svc.restarter.Phase.Stage;
import dev.svc.restarter.Phase.Starting;
import dev.svc.restarter.Phase.Stopping;
import dev.svc.restarter.Phase.Uninitialized;
import dev.svc.restarter.Phase.Waiting;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of takeover, one method for each phase that a label may tell of; the numbers in the comments are its rows.
///
/// | # | label says | contract | X, T | the instance becomes |
/// |---|---|---|---|---|
/// | 1 | no label; offline; disabled | none | – | offline if enabled, else disabled; the graph goes on from there |
/// | 2 | starting | populated | – | starting, adopted with its deadline (child model: online) |
/// | 2a | starting | populated, all visible, no launcher | – | LauncherLost: kill what is left, then start-failure rule |
/// | 3 | starting | populated | 0 | online: it came up unwatched |
/// | 4 | starting | populated | ≠0 | kill what is left, then start-failure rule |
/// | 5 | starting, transient model | empty | 0 | online: the one-shot completed; not run again |
/// | 6 | starting, contract model | empty | 0 | contract-empty rule: it came up, then died |
/// | 7 | starting | empty | ≠0 | start-failure rule |
/// | 8 | starting | empty or gone | – | revoke (populated → row 2), start again; counts as a restart, not as a failed method |
/// | 9 | online, degraded | populated | any; child: – | as labelled; nothing is touched |
/// | 9a | online, degraded; child model | populated | X | child-exit rule with that status |
/// | 9b | refreshing | refresh method | any T | T: refresh-exit rule; populated: adopted; else revoke it, run it |
/// | 10 | online; transient model, or names no contract | empty, none | any | online: it ran this boot; not run again |
/// | 11 | online, degraded; contract or child model | empty | any | contract-empty rule (child: child-exit rule) |
/// | 12 | stopping | stop method populated | – | stopping, adopted with its deadline |
/// | 12a | stopping, not late | stop method empty or gone | – | revoke it, run it (again); `:kill`: signal again |
/// | 13 | stopping | only primary populated | T 0, or late | stopping: wait for empty until the deadline, then kill |
/// | 13a | stopping | stop method empty | T ≠0 | stop-failure rule |
/// | 14 | stopping | empty | T 0, late, or `:kill` | stop complete: what `then` says comes next |
/// | 15 | maintenance | any | any | maintenance until `svcadm clear` or a newer disable, which stop leftovers first (I3) |
/// | 16 | unreadable, both copies | populated | – | online, FMRI from the path; report |
/// | 16a | the same, contract model | launcher inside | – | starting, without a deadline; report |
/// | 17a | unreadable, transient model | launcher inside | – | maintenance, the method runs on: nobody knows whether it is the first |
/// | 17 | unreadable, transient model | empty | – | maintenance: nobody knows whether it ran; the administrator decides |
/// | 18 | unreadable, other models | empty | – | as row 1 |
/// | 19 | names none or another | this one empty | – | revoke this one: remainder of an interrupted step |
/// | 20 | names none or another | this one populated | – | adopt it if it is the only populated one, else maintenance; report |
///
/// X = exit record of the primary contract, T = of the stop or refresh method; 0 = a success; "rule" = what the restarter makes of the
/// ordinary event, which it is told. A phase that was killing goes on killing. Where a contract may just have been entered by a launcher
/// that was delayed since before the crash (rows 8, 9b, 12a; 11 for a child), revoking it decides: if that is refused, the launcher won, and the phase
/// stands as it is.
final class Table {
    private final Account account;
    private final Facts facts;
    private final Definition definition;

    private Table(Account account, Definition definition) {
        this.account = account;
        this.facts = account.facts();
        this.definition = definition;
    }

    /// Reconciles the label of `account`, whose settings are settled, with its contracts.
    static void apply(Account account, Definition definition) {
        Table table = new Table(account, definition);
        if (account.facts().labelIsLost()) {
            table.lost();
        }
        table.strangers();
        table.remainders();
        table.rows();
    }

    // 16 to 18
    private void lost() {
        List<FoundContract> populated = facts.populated();
        if (populated.size() > 1) {
            conflict(populated);
        } else if (populated.size() == 1) {
            populated(populated.getFirst());
        } else if (facts.model() == ServiceModel.TRANSIENT) {
            account.repair(new Maintenance(facts.existing()), Reason.HISTORY_UNKNOWN);
            account.report(Finding.Kind.HISTORY_UNKNOWN, "its label is lost, and nobody knows whether it ran since boot");
        } else {
            facts.perhapsLaunching().ifPresent(c -> account.repair(new Starting(c, Optional.empty(), Optional.empty())));
            account.report(Finding.Kind.LABEL_UNREADABLE, "its label is lost; it has no processes");
        }
    }

    // 16, 16a, 17a
    private void populated(FoundContract only) {
        boolean launching = only.launcher() && only.exit().isEmpty();
        if (launching && facts.model() == ServiceModel.TRANSIENT) {
            account.repair(new Maintenance(List.of(only.id())), Reason.HISTORY_UNKNOWN);
            account.report(Finding.Kind.HISTORY_UNKNOWN,
                    "its label is lost, and nobody knows whether the method in contract " + only.id() + " is its first start");
            return;
        }
        // A model that nobody knows may be a child's, whose launcher never ends.
        boolean starting = launching && facts.definition().isPresent() && facts.model() != ServiceModel.CHILD;
        account.repair(starting
                ? new Starting(only.id(), Optional.empty(), Optional.empty())
                : new Online(Optional.of(only.id())));
        account.report(Finding.Kind.LABEL_UNREADABLE, "its label is lost; contract " + only.id() + " is taken as the instance");
    }

    // 20
    private void strangers() {
        List<ContractId> named = account.phase().contracts();
        List<ContractId> strangers = facts.populated().stream().map(FoundContract::id).filter(c -> !named.contains(c)).toList();
        if (strangers.isEmpty()) {
            return;
        }
        switch (account.phase()) {
            case Maintenance(var leftovers) -> {
                List<ContractId> all = new ArrayList<>(leftovers);
                all.addAll(strangers);
                account.repair(new Maintenance(all));
                strangers.forEach(this::adopted);
            }
            case Stopping stopping when facts.populated().size() == 1 -> {
                ContractId only = strangers.getFirst();
                account.repair(
                        new Stopping(stopping.from(), Optional.of(only), stopping.stage(), stopping.deadline(), stopping.then()));
                adopted(only);
            }
            case Uninitialized _,Disabled _,Offline _,Starting _,Online _,Degraded _,Refreshing _,Stopping _ -> {
                if (facts.populated().size() > 1) {
                    conflict(facts.populated());
                } else {
                    account.repair(new Online(Optional.of(strangers.getFirst())));
                    adopted(strangers.getFirst());
                }
            }
        }
    }

    private void adopted(ContractId contract) {
        account.report(Finding.Kind.CONTRACT_ADOPTED, "contract " + contract + " has processes and its label does not name it; adopted");
    }

    private void conflict(List<FoundContract> populated) {
        account.repair(new Maintenance(populated.stream().map(FoundContract::id).toList()), Reason.HISTORY_UNKNOWN);
        account.report(
                Finding.Kind.CONTRACTS_CONFLICT,
                "more than one of its contracts have processes; they are kept until the administrator decides");
    }

    // 19
    private void remainders() {
        List<ContractId> named = account.phase().contracts();
        facts.found().contracts().stream().filter(c -> !named.contains(c.id())).forEach(account::remainder);
    }

    private void rows() {
        switch (account.phase()) {
            case Uninitialized _ -> resting();
            case Offline _ -> resting();
            case Disabled _ -> resting();
            case Starting starting -> starting(starting);
            case Online(var contract) -> contract.ifPresent(this::running);
            case Degraded(var contract) -> contract.ifPresent(this::running);
            case Refreshing refreshing -> refreshing(refreshing);
            case Stopping stopping -> stopping(stopping);
            // 15
            case Maintenance(var leftovers) -> leftovers.stream().filter(c -> !facts.isPopulated(c)).forEach(account::revoke);
        }
    }

    // 1
    private void resting() {
        boolean enabled = account.label().effectivelyEnabled();
        boolean settled = enabled ? account.phase() instanceof Offline : account.phase() instanceof Disabled;
        if (!settled) {
            account.tell(enabled ? new Event.Enable() : new Event.Disable(Event.By.ADMINISTRATOR));
        }
    }

    // 2 to 8
    private void starting(Starting starting) {
        ContractId contract = starting.contract();
        if (starting.ending().isPresent()) {
            account.kill(contract);
        } else if (account.label().model() == ServiceModel.CHILD && (facts.isPopulated(contract) || facts.exit(contract).isPresent())) {
            account.tell(new Event.Launched(contract));
            running(contract);
        } else {
            method(contract);
        }
    }

    /// A method is at work in `contract`, or was: 2, 2a, 3 to 8; 9b; 12, 12a, 13, 13a.
    private void method(ContractId contract) {
        if (facts.exit(contract).isPresent()) {
            account.tell(new Event.MethodExited(contract, facts.exit(contract).get()));
            tellIfEmpty(contract);
        } else if (facts.hasLostItsLauncher(contract)) {
            account.tell(new Event.LauncherLost(contract));
        } else if (!facts.isPopulated(contract)) {
            account.revoke(contract);
        }
    }

    private void tellIfEmpty(ContractId contract) {
        if (!facts.isPopulated(contract)) {
            account.tell(new Event.ContractEmptied(contract));
        }
    }

    // 9, 9a, 10, 11
    private void running(ContractId contract) {
        Optional<WaitStatus> exit = facts.exit(contract);
        boolean child = account.label().model() == ServiceModel.CHILD;
        if (child && exit.isPresent()) {
            account.tell(new Event.MethodExited(contract, exit.get()));
        }
        if (child && exit.isEmpty() && !facts.isPopulated(contract)) {
            // Online since its launcher was spawned, which may still be on its way.
            account.revoke(contract);
        } else {
            tellIfEmpty(contract);
        }
    }

    // 9b
    private void refreshing(Refreshing refreshing) {
        refreshing.contract().ifPresent(this::refreshed);
        if (refreshing.ending().isPresent()) {
            account.kill(refreshing.method());
        } else {
            method(refreshing.method());
        }
    }

    // Known before the refresh method is asked after: there is nothing to be refreshed any more.
    private void refreshed(ContractId contract) {
        if (account.label().model() == ServiceModel.CONTRACT && !facts.isPopulated(contract)) {
            List<Request> pending = new ArrayList<>(account.label().pending());
            pending.add(new Request.Stop(Reason.CT_EV_EXIT, ErrorClass.RESTART));
            account.repair(l -> l.withPending(pending));
        } else {
            running(contract);
        }
    }

    // 12 to 14
    private void stopping(Stopping stopping) {
        boolean late = stopping.deadline().filter(facts.moment().now()::reached).isPresent();
        switch (stopping.stage()) {
            case Stage.MethodRunning(var method) -> {
                boolean unseen = !facts.isPopulated(method) && facts.exit(method).isEmpty();
                if (late && unseen) {
                    account.tell(new Event.DeadlinePassed());
                } else {
                    method(method);
                }
            }
            case Stage.MethodEnded(var method, _) -> account.kill(method);
            case Stage.WaitingForEmpty(var why) -> stopping.contract().ifPresent(contract -> {
                if (why == Waiting.KILL_SENT && !late && facts.isPopulated(contract)) {
                    account.carryOut(new Effect.Signal(facts.fmri(), contract, definition.stopSignal()));
                }
                account.revoke(contract);
            });
            case Stage.Killing _ -> stopping.contracts().forEach(account::kill);
        }
    }
}
