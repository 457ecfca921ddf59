package dev.svc.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program Maven runs: {@code InstallTree PROJECT JARS TREE} makes TREE from the project's directory and the jars collected by Maven. */
public final class InstallTree {
    /** Left out of {@code lib}: this program itself, and what is only a container of native libraries. */
    private static final List<String> NOT_SHIPPED = List.of("svc-dist.jar", "jffi-native.jar");

    private final Path project;
    private final Path jars;
    private final Directory tree;

    private InstallTree(Path project, Path jars, Directory tree) {
        this.project = project;
        this.jars = jars;
        this.tree = tree;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var installTree = new InstallTree(Path.of(args[0]), Path.of(args[1]), new Directory(Path.of(args[2])));
        installTree.make();
    }

    private void make() throws IOException, InterruptedException {
        var lib = tree.in("lib");
        new RuntimeImage(lib.path("runtime")).link();
        libraries(lib);
        new NativeLibraries(jars).unpackInto(lib.emptied("native"));
        scripts(lib);
        new Wrappers(project.resolve("svc-dist/src/main/sh/command.sh"), lib).writeInto(tree.emptied("bin"));
        share();
        new Training(tree).run();
    }

    private void libraries(Directory lib) throws IOException {
        lib.removeFiles("*.jar");
        for (Path jar : new Directory(jars).files("*.jar")) {
            String name = jar.getFileName().toString();
            if (name.equals(NativeLibraries.SQLITE_JAR)) {
                NativeLibraries.copyWithoutNatives(jar, lib.path(name));
            } else if (!NOT_SHIPPED.contains(name)) {
                lib.copy(jar);
            }
        }
    }

    private void scripts(Directory lib) throws IOException {
        lib.removeFiles("svc.*");
        for (String name : List.of("svc.keeper", "svc.train")) {
            lib.copyExecutable(project.resolve("svc-dist/src/main/sh").resolve(name));
        }
        for (Path script : new Directory(project.resolve("svc-core/src/main/sh")).files("*")) {
            lib.copyExecutable(script);
        }
    }

    private void share() throws IOException {
        Path main = project.resolve("svc-dist/src/main");
        Files.createDirectories(tree.path("share"));
        var share = tree.emptied("share");
        share.in("man").copyTree(main.resolve("man"));
        share.in("bash-completion/completions").copyTree(main.resolve("completion"));
        share.in("systemd").copyTree(main.resolve("systemd"));
        share.in("manifest").copyTree(project.resolve("manifests"));
        var xml = share.in("xml");
        for (String kind : List.of("*.dtd*", "*.xsd", "*.rnc")) {
            for (Path type : new Directory(project.resolve("svc-core/src/main/resources/dev/svc/manifest")).files(kind)) {
                xml.copy(type);
            }
        }
        tree.copy(project.resolve("LICENSE"));
        tree.copy(project.resolve("NOTICE"));
        var licences = share.in("licenses");
        licences.copyTree(main.resolve("licenses"));
        for (Path jar : new Directory(jars).files("*.jar")) {
            Licences.of(jar).copyInto(licences);
        }
    }
}
