package dev.svc.startd;

import dev.svc.engine.Imports;
import dev.svc.fmri.ServiceFmri;
import dev.svc.manifest.Bundle;
import dev.svc.manifest.BundleException;
import dev.svc.manifest.BundleImport;
import dev.svc.manifest.ManifestFiles;
import dev.svc.manifest.ServiceBundles;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.property.ValueType;
import dev.svc.repository.Opened;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The folders whose service bundles are imported unasked when the manager begins: those of the install tree, of packages and of the
/// site. A bundle that is unchanged since its last import (by the hash in `svc:/smf/manifest`) is not read again, unless what was
/// recorded with the hash may be lost.
///
/// A folder or file is believed only if root or the manager's own user owns it and nobody else can write it.
final class ManifestFolders {
    private static final System.Logger LOG = System.getLogger(ManifestFolders.class.getName());
    private static final ServiceFmri HASHES = new ServiceFmri("smf/manifest");

    private final List<Path> folders;
    private final int uid;

    ManifestFolders(List<Path> folders, int uid) {
        this.folders = List.copyOf(folders);
        this.uid = uid;
    }

    /// What brings the repository up to date with the folders. A bundle that cannot be used is logged and left out, one that does not fit
    /// into memory is refused.
    Imports imports(Opened opened) {
        List<Change> changes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        Model current = opened.model();
        for (Path file : bundles()) {
            Optional<Change> change = change(file, current, opened.repository()::isDoubtful);
            if (change.isPresent()) {
                Model next = current.with(change.get());
                Optional<String> excess = opened.repository().excess(current, next);
                if (excess.isPresent()) {
                    refused.add(file + ": not imported: " + excess.get());
                } else {
                    changes.add(change.get());
                    current = next;
                }
            }
        }
        return new Imports(changes, refused);
    }

    private Optional<Change> change(Path file, Model model, Predicate<LayerGroup.Key> doubtful) {
        try {
            byte[] xml = Files.readAllBytes(file);
            LayerGroup hash = hash(file, xml);
            if (model.layer(hash.key()).filter(hash::equals).isPresent() && !doubtful.test(hash.key())) {
                return Optional.empty();
            }
            Change recorded = Change.of("import " + file, uid, List.of(hash));
            Bundle bundle = ServiceBundles.read(file.toString(), xml);
            BundleImport imported = BundleImport.of(bundle, model, uid);
            imported.warnings().forEach(w -> LOG.log(Level.WARNING, w));
            return Optional.of(imported.change().and(recorded));
        } catch (IOException e) {
            LOG.log(Level.WARNING, file + ": not imported: " + e);
        } catch (BundleException e) {
            LOG.log(Level.WARNING, "not imported: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static LayerGroup hash(Path file, byte[] xml) {
        PropertyGroup group = new PropertyGroup(ManifestFiles.propertyName(file.toString()), PropertyGroup.FRAMEWORK, List.of(
                new Property("manifestfile", ValueType.ASTRING, file.toString()),
                new Property("sha256", ValueType.OPAQUE, HexFormat.of().formatHex(sha256(xml)))));
        return new LayerGroup(HASHES, Layer.MANIFEST, group);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> bundles() {
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder) && trusted(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(f -> f.toString().endsWith(".xml") && Files.isRegularFile(f)).filter(this::trusted).sorted()
                            .forEach(all::add);
                } catch (IOException | java.io.UncheckedIOException e) {
                    LOG.log(Level.WARNING, folder + ": cannot be read: " + e);
                }
            }
        }
        return all;
    }

    private boolean trusted(Path path) {
        try {
            int owner = (Integer) Files.getAttribute(path, "unix:uid");
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            int group = (Integer) Files.getAttribute(path, "unix:gid");
            boolean othersWrite = permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE) && group != 0;
            boolean trusted = (owner == 0 || owner == uid) && !othersWrite;
            if (!trusted) {
                LOG.log(Level.WARNING,
                        path + ": not imported: it must belong to root or to the manager's user and be writable by nobody else");
            }
            return trusted;
        } catch (IOException e) {
            LOG.log(Level.WARNING, path + ": not imported: " + e);
            return false;
        }
    }
}
