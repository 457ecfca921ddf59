package dev.svc.startd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Imports;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.repository.Known;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFoldersTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    @TempDir Path directory;
    private Path manifests;
    private Place place;

    @BeforeEach void folder() throws IOException {
        manifests = Files.createDirectory(directory.resolve("manifest"));
        place = Place.below(directory.resolve("state"));
    }

    @Test void whatIsUnchangedIsNotImportedAgain() throws Exception {
        bundle("web", 1);
        try (Repository repository = imported()) {
            repository.commit(new Change("delete", 0, List.of(), repository.model().allGroups().filter(g -> g.entity().equals(WEB))
                    .map(LayerGroup::key).toList(), List.of(), List.of()));
        }
        try (Repository repository = open().repository()) {
            assertEquals(List.of(), folders().imports(open()).changes());
            assertFalse(repository.model().exists(WEB));
        }
    }

    /// The hash of the bundle had survived, what came with it had not, and the service was lost although its manifest was there.
    @Test void whatMayBeLostIsImportedAgain() throws Exception {
        bundle("web", 1);
        imported().close();
        for (String part : List.of("journal", "backup")) {
            deleteTree(directory.resolve("state").resolve(part));
        }
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + place.database()); var statement = database.createStatement()) {
            assertTrue(statement.executeUpdate("DELETE FROM property_group WHERE entity_fmri LIKE 'svc:/site/web%'") > 0);
        }
        Opened opened = open();
        assertFalse(opened.model().exists(WEB));
        try (Repository repository = opened.repository()) {
            assertTrue(repository.commit(folders().imports(opened).changes()).model().exists(WEB));
        }
    }

    @Test void whatDoesNotFitIsRefusedByName() throws Exception {
        bundle("a-web", 1);
        Path large = bundle("b-large", 3000);
        bundle("c-mail", 1);
        Opened opened = open();
        try (Repository repository = opened.repository()) {
            repository.limitTo(400_000);
            Imports imports = folders().imports(opened);
            assertEquals(1, imports.refused().size());
            assertTrue(
                    imports.refused().getFirst().matches(large + ": not imported: the configuration would become too large: it would need "
                            + "about [0-9]+ MiB of memory, and the manager has 1 MiB for it"),
                    imports.refused()::toString);
            repository.commit(imports.changes());
            assertEquals(List.of("svc:/site/a-web:default", "svc:/site/c-mail:default"), repository.model().instances().stream()
                    .map(InstanceFmri::toString).filter(f -> f.startsWith("svc:/site/")).toList());
        }
    }

    private Repository imported() throws Exception {
        Opened opened = open();
        opened.repository().commit(folders().imports(opened).changes());
        assertTrue(opened.repository().model().exists(WEB));
        return opened.repository();
    }

    private Opened open() {
        return Repository.open(place, Known.NONE, Instant::now);
    }

    private ManifestFolders folders() throws IOException {
        return new ManifestFolders(List.of(manifests), (Integer) Files.getAttribute(manifests, "unix:uid"));
    }

    private Path bundle(String name, int properties) throws IOException {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < properties; i++) {
            values.append("<propval name='p").append(i).append("' type='astring' value='").append("x".repeat(100)).append("'/>\n");
        }
        return Files.writeString(manifests.resolve(name + ".xml"), """
                <?xml version='1.0'?>
                <!DOCTYPE service_bundle SYSTEM '/usr/share/lib/xml/dtd/service_bundle.dtd.1'>
                <service_bundle type='manifest' name='%s'>
                  <service name='site/%s' type='service' version='1'>
                    <create_default_instance enabled='true'/>
                    <exec_method type='method' name='start' exec='/bin/true' timeout_seconds='60'/>
                    <exec_method type='method' name='stop' exec=':kill' timeout_seconds='60'/>
                    <property_group name='config' type='application'>
                      %s
                    </property_group>
                  </service>
                </service_bundle>
                """.formatted(name, name, values));
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
