package dev.svc.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The programs of the system that launchers are made of, looked up once, in the directories of [#PATH] only.
///
/// @param setpriv absent where there is no util-linux: then methods can have no other credentials than ours
record Tools(Path sh, Path setsid, Path env, Optional<Path> setpriv) {
    /// PATH of launchers, and of methods unless their context says otherwise: smf_method(7), and where Linux may have the rest.
    static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<Path> DIRECTORIES = List.of(PATH.split(":")).stream().map(Path::of).toList();

    static Tools find() {
        return new Tools(Path.of("/bin/sh"), required("setsid"), required("env"), find("setpriv"));
    }

    private static Path required(String name) {
        // A name without a directory is searched again when it is run, and the failure then says which program is missing.
        return find(name).orElse(Path.of(name));
    }

    private static Optional<Path> find(String name) {
        return DIRECTORIES.stream().map(directory -> directory.resolve(name)).filter(Files::isExecutable).findFirst();
    }
}
