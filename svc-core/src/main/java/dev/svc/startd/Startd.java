package dev.svc.startd;

import dev.svc.engine.Adoption;
import dev.svc.graph.Milestone;
import dev.svc.protocol.SvcRoot;
import dev.svc.protocol.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command `svc.startd`.
public final class Startd {
    private static final String RUN = "--run";

    private Startd() {}

    public static void main(String[] arguments) {
        int uid = ownUid();
        SvcRoot root = SvcRoot.of(System.getenv(), uid);
        Path home = Path.of(System.getProperty("svc.home", "."));
        // What the keeper runs: no command line to be parsed on the way to the services.
        if (arguments.length == 1 && arguments[0].equals(RUN)) {
            System.exit(manager(root, home, uid, restarts(), Optional.empty()));
        }
        System.exit(run(root, home, uid, arguments));
    }

    private static int run(SvcRoot root, Path home, int uid, String[] arguments) {
        CommandSpec spec = specification();
        CommandLine commandLine = new CommandLine(spec);
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (parsed.isUsageHelpRequested()) {
                commandLine.usage(System.out);
                return 0;
            }
            if (parsed.isVersionHelpRequested()) {
                commandLine.printVersionHelp(System.out);
                return 0;
            }
            return run(root, home, uid, parsed);
        } catch (ParameterException e) {
            System.err.println("svc.startd: " + e.getMessage());
            commandLine.usage(System.err);
            return 2;
        }
    }

    private static int run(SvcRoot root, Path home, int uid, ParseResult parsed) {
        Background background = new Background(root, home, System.out, System.err);
        Optional<Duration> within = Optional.ofNullable(parsed.matchedOptionValue("--within", (Integer) null)).map(Duration::ofSeconds);
        if (within.isPresent() && (within.get().isNegative() || !parsed.hasMatchedOption("--stop-all"))) {
            System.err.println("svc.startd: --within goes with --stop-all and is a number of seconds from 0");
            return Manager.CANNOT_START;
        }
        if (parsed.hasMatchedOption("--daemon")) {
            return background.begin();
        }
        if (parsed.hasMatchedOption("--await")) {
            return background.await();
        }
        if (parsed.hasMatchedOption("--replace")) {
            return background.replace();
        }
        if (parsed.hasMatchedOption("--stop")) {
            return background.stop(Background.Services.LEFT_RUNNING, Optional.empty());
        }
        if (parsed.hasMatchedOption("--stop-all")) {
            return background.stop(Background.Services.STOPPED, within);
        }
        if (parsed.hasMatchedOption("--status")) {
            return background.status();
        }
        OfflineRestore offline = new OfflineRestore(root, home, uid, System.out, System.err);
        if (parsed.hasMatchedOption("--backups")) {
            return offline.list();
        }
        if (parsed.hasMatchedOption("--preview")) {
            return offline.restore(parsed.matchedOptionValue("--preview", ""), OfflineRestore.Earnest.PREVIEW);
        }
        if (parsed.hasMatchedOption("--restore")) {
            return offline.restore(parsed.matchedOptionValue("--restore", ""), OfflineRestore.Earnest.RESTORE);
        }
        Optional<String> word = Optional.ofNullable(parsed.matchedOptionValue("-m", (String) null));
        Optional<Milestone> milestone = word.flatMap(Milestone::named);
        if (word.isPresent() && milestone.isEmpty()) {
            System.err.println(
                    "svc.startd: \"" + word.get() + "\" is not a milestone; one of all, none, single-user, multi-user, multi-user-server");
            return Manager.CANNOT_START;
        }
        return manager(root, home, uid, Adoption.Restarted.BY_ADMINISTRATOR, milestone);
    }

    private static int manager(SvcRoot root, Path home, int uid, Adoption.Restarted restarted, Optional<Milestone> milestone) {
        return new Manager(root, home, uid, restarted, milestone, Manager.Keepers.OWN).run();
    }

    /// The keeper counts its restarts in the environment.
    private static Adoption.Restarted restarts() {
        String count = System.getenv().getOrDefault("SVC_KEEPER", "0");
        return count.equals("0") ? Adoption.Restarted.BY_ADMINISTRATOR : Adoption.Restarted.BY_KEEPER;
    }

    private static CommandSpec specification() {
        CommandSpec spec = CommandSpec.create().name("svc.startd").version(Version.line("svc.startd"));
        spec.usageMessage().description("The master restarter: starts, watches, restarts and explains services.",
                "Without an option it runs in the foreground.");
        spec.usageMessage().footer("", "Its root is SVC_ROOT; unset, / for the superuser and ~/.local/state/svc for others.");
        spec.addArgGroup(ArgGroupSpec.builder().exclusive(true).multiplicity("0..1")
                .addArg(flag("--daemon", "Run in the background, kept by svc.keeper; return when the default milestone is reached."))
                .addArg(flag("--await", "Wait for a manager that is being started, and until the default milestone is reached."))
                .addArg(flag("--replace", "Take over from the running manager of another install tree; services go on."))
                .addArg(flag("--stop", "End the manager and its keeper; services go on."))
                .addArg(flag("--stop-all", "Stop all services in reverse order of dependency, then the manager and its keeper."))
                .addArg(flag("--status", "Say whether a manager runs, and how it is."))
                .addArg(flag("--backups", "List the backups of the repository."))
                .addArg(backup("--preview", "While no manager runs: say what restoring this backup would change."))
                .addArg(backup("--restore", "While no manager runs: make this backup the configuration.")).build());
        spec.addOption(OptionSpec.builder("--within").type(Integer.class).paramLabel("SECONDS")
                .description("With --stop-all: kill what has not stopped after so long.").build());
        spec.addOption(OptionSpec.builder("-m", "--milestone").type(String.class).paramLabel("MILESTONE")
                .description("In the foreground: enter this milestone instead of the default one.").build());
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
        spec.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).description("Show the version.").build());
        return spec;
    }

    private static OptionSpec backup(String name, String description) {
        return OptionSpec.builder(name).type(String.class).paramLabel("BACKUP").description(description).build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).description(description).build();
    }

    /// The manager's own uid, without native calls.
    private static int ownUid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException _) {
            return System.getProperty("user.name").equals("root") ? 0 : -1;
        }
    }
}
