package dev.svc.contract;

import dev.svc.model.MethodContext;
import dev.svc.posix.Account;
import dev.svc.posix.Accounts;
import dev.svc.posix.Credentials;
import dev.svc.restarter.Event.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What a launcher runs: the words of the command behind it, and the environment it is started with itself.
///
/// In full the words are `setpriv CREDENTIALS -- setsid env -i NAME=VALUE… /bin/sh -c "cd DIRECTORY… exec COMMAND"`. Each of these
/// programs costs half a millisecond at every start of every service, so those that would change nothing are left out:
///
/// - `setsid`, unless the method is to lead a session: it shares its launcher's, which is not the manager's, and the launcher traps
///   whatever a method may send to its process group;
/// - `setpriv`, if the credentials asked for are the manager's own;
/// - `env`, if the method context sets no variables: then the launcher's environment, which we made, is the method's. With variables
///   it is not: LD_PRELOAD or PATH of a method context must not act on root's shell;
/// - `sh`, if the command has only an absolute path and plain words: a shell would do nothing but run it.
///
/// @param environment of the launcher
/// @param complaints lines for the instance log about what was left out
record MethodCommand(List<String> words, Map<String, String> environment, List<String> complaints) {
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9_./:,@%+-]+(?: +[A-Za-z0-9_./:,@%+=-]+)*");

    /// @throws LaunchException if the method context asks for what does not exist here or what we may not do
    static MethodCommand of(Launch launch, Tools tools, Credentials own) throws LaunchException {
        List<String> complaints = new ArrayList<>();
        launch.context().ignored().forEach(name -> complaints.add("Method context: " + name + " has no meaning here and is ignored."));
        Optional<Account> user = user(launch.context());
        if (!own.isRoot() && launch.context().supplementaryGroups().filter(list -> !list.equals(":default")).isPresent()) {
            complaints.add("Method context: supp_groups is ignored: only a manager that runs as root can give groups.");
        }
        List<String> words = new ArrayList<>(credentials(launch.context(), user, tools, own));
        if (launch.session() == Launch.Session.OWN) {
            words.add(tools.setsid().toString());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", Tools.PATH);
        environment.putAll(launch.environment());
        Map<String, String> asked = environment(launch.context(), complaints);
        if (!asked.isEmpty()) {
            words.addAll(List.of(tools.env().toString(), "-i"));
            Map<String, String> all = new LinkedHashMap<>(environment);
            all.putAll(asked);
            all.forEach((name, value) -> words.add(name + "=" + value));
            // The launcher itself is known by its cookie, where there is one.
            environment.keySet().retainAll(List.of("PATH", Cookie.VARIABLE));
        }
        words.addAll(command(launch, user, tools));
        return new MethodCommand(List.copyOf(words), environment, List.copyOf(complaints));
    }

    private static Optional<Account> user(MethodContext context) throws LaunchException {
        if (context.user().isEmpty()) {
            return Optional.empty();
        }
        String name = context.user().get();
        return Optional.of(Accounts.user(name).orElseThrow(() -> context("user \"" + name + "\" is unknown")));
    }

    private static List<String> credentials(MethodContext context, Optional<Account> user, Tools tools, Credentials own)
            throws LaunchException {
        Optional<String> groupName = context.group().filter(name -> !name.equals(":default"));
        if (user.isEmpty() && groupName.isEmpty() && context.supplementaryGroups().isEmpty()) {
            return List.of();
        }
        int uid = user.map(Account::uid).orElse(own.uid());
        int gid = groupName.isPresent() ? group(groupName.get()) : user.map(Account::gid).orElse(own.gid());
        Optional<String> supplementary = context.supplementaryGroups().filter(list -> !list.equals(":default"));
        if (uid == own.uid() && gid == own.gid() && (supplementary.isEmpty() || !own.isRoot())) {
            return List.of();
        }
        if (!own.isRoot()) {
            throw context("uid " + uid + ", gid " + gid + " cannot be had: the manager runs as uid " + own.uid());
        }
        String setpriv = tools.setpriv().orElseThrow(() -> context("credentials cannot be set: no setpriv (util-linux)")).toString();
        return List.of(setpriv, "--reuid=" + uid, "--regid=" + gid, groups(supplementary, user), "--");
    }

    private static String groups(Optional<String> supplementary, Optional<Account> user) throws LaunchException {
        if (supplementary.isEmpty()) {
            // A number that the user database does not know belongs to no group.
            return user.isPresent() && !user.get().name().equals(Integer.toString(user.get().uid())) ? "--init-groups" : "--clear-groups";
        }
        List<String> gids = new ArrayList<>();
        for (String name : supplementary.get().strip().split("[,\\s]+")) {
            if (!name.isEmpty()) {
                gids.add(Integer.toString(group(name)));
            }
        }
        return gids.isEmpty() ? "--clear-groups" : "--groups=" + String.join(",", gids);
    }

    private static int group(String name) throws LaunchException {
        OptionalInt gid = Accounts.group(name);
        return gid.orElseThrow(() -> context("group \"" + name + "\" is unknown"));
    }

    private static Map<String, String> environment(MethodContext context, List<String> complaints) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String entry : context.environment()) {
            int equals = entry.indexOf('=');
            if (equals <= 0 || entry.startsWith("SMF_")) {
                complaints.add("Invalid environment variable \"" + entry + "\".");
            } else {
                asked.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return asked;
    }

    private static List<String> command(Launch launch, Optional<Account> user, Tools tools) {
        Optional<String> change = changeDirectory(launch.context(), user);
        if (change.isEmpty() && PLAIN.matcher(launch.command()).matches()) {
            return List.of(launch.command().split(" +"));
        }
        return List.of(tools.sh().toString(), "-c", change.map(cd -> cd + "\n").orElse("") + "exec " + launch.command());
    }

    /// The line that changes to the working directory, with the rights of the method's user (smf_method(7)). Methods start in `/`
    /// unless their context says otherwise, or names a user: then in its home, if it has one.
    private static Optional<String> changeDirectory(MethodContext context, Optional<Account> user) {
        String wanted = context.workingDirectory().orElse("");
        boolean home = wanted.equals(":default") || wanted.equals(":home");
        if (wanted.isEmpty()) {
            return user.map(account -> "cd " + quoted(account.home()) + " 2>/dev/null || cd /").filter(_ -> !isRootDirectory(user));
        }
        String directory = home ? user.map(Account::home).orElse("/") : wanted;
        return directory.equals("/") ? Optional.empty() : Optional.of("cd " + quoted(directory) + " || exit 96");
    }

    private static boolean isRootDirectory(Optional<Account> user) {
        return user.isPresent() && user.get().home().equals("/");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static LaunchException context(String why) {
        return new LaunchException("svc.startd could not set context for method: " + why, Severity.FATAL);
    }
}
