package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Snapshot;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Stories of imports, one after the other.
class BundleImportTest {
    private static final ServiceFmri WEB = new ServiceFmri("site/web");
    private static final InstanceFmri WEB_DEFAULT = WEB.instance("default");
    private static final InstanceFmri MULTI_USER = InstanceFmri.parse("svc:/milestone/multi-user:default");

    private static final String INSTANCE = "<create_default_instance enabled='false'/>";
    private static final String MILESTONE = service("milestone/multi-user", "<create_default_instance enabled='true'/>");
    private static final String DEPENDENT = "<dependent name='web' grouping='optional_all' restart_on='none'>"
            + "<service_fmri value='svc:/milestone/multi-user:default'/></dependent>";

    private Model model = Model.EMPTY;

    private static String service(String name, String content) {
        return "<service name='" + name + "' type='service' version='1'>" + content + "</service>";
    }

    private static String port(String attributes) {
        return "<property_group name='config' type='application'><propval name='port' type='count' " + attributes + "/></property_group>";
    }

    private static Bundle bundle(Bundle.Kind kind, String services) {
        String xml = "<?xml version='1.0'?>\n" + Doctype.EXPECTED + "\n<service_bundle type='" + kind.word() + "' name='test'>" + services
                + "</service_bundle>";
        try {
            return ServiceBundles.read("test.xml", xml.getBytes(StandardCharsets.UTF_8));
        } catch (BundleException e) {
            return fail(e);
        }
    }

    private BundleImport importing(String services) {
        try {
            BundleImport outcome = BundleImport.of(bundle(Bundle.Kind.MANIFEST, services), model, 0);
            model = model.with(outcome.change());
            return outcome;
        } catch (BundleException e) {
            return fail(e);
        }
    }

    private BundleImport applying(String services) {
        try {
            BundleImport outcome = BundleImport.ofProfile(bundle(Bundle.Kind.PROFILE, services), model, 0);
            model = model.with(outcome.change());
            return outcome;
        } catch (BundleException e) {
            return fail(e);
        }
    }

    private void administrator(EntityFmri entity, PropertyGroup group) {
        model = model.with(Change.of("setprop", 0, List.of(new LayerGroup(entity, Layer.ADMIN, group))));
    }

    private void administratorSetsPort(String port) {
        administrator(WEB, new PropertyGroup("config", "application", List.of(Property.count("port", Long.parseLong(port)))));
    }

    private String port() {
        return model.own(WEB, "config").flatMap(g -> g.value("port")).orElse("none");
    }

    private String snapshots(InstanceFmri instance) {
        return model.snapshots(instance).stream().map(Snapshot::name).sorted().collect(Collectors.joining(" "));
    }

    // --- instances and snapshots

    @Test void newInstanceGetsItsSnapshotsWithTheSameChange() {
        BundleImport outcome = importing(service("site/web", INSTANCE + port("value='80'")));
        assertEquals("initial last-import running", snapshots(WEB_DEFAULT));
        assertEquals(List.of(), outcome.refresh());
        assertEquals("80", model.running(WEB_DEFAULT).stream().filter(g -> g.name().equals("config")).findFirst().orElseThrow()
                .value("port").orElseThrow());
    }

    @Test void lastImportHasNotWhetherItIsEnabled() {
        importing(service("site/web", INSTANCE));
        assertTrue(model.snapshot(WEB_DEFAULT, Snapshot.LAST_IMPORT).orElseThrow().instanceLevel().stream()
                .noneMatch(g -> g.property("enabled").isPresent()));
    }

    @Test void importingAgainChangesNothing() {
        String manifest = service("site/web", INSTANCE + DEPENDENT + port("value='80'")) + MILESTONE;
        importing(manifest);
        BundleImport again = importing(manifest);
        assertTrue(again.change().isEmpty(), again.toString());
        assertEquals(List.of(), again.refresh());
        assertEquals(List.of(), again.warnings());
        assertEquals(List.of(), again.progress());
    }

    @Test void upgradeRefreshesAndKeepsThePreviousConfiguration() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        BundleImport upgrade = importing(service("site/web", INSTANCE + port("value='81'")));
        assertEquals(List.of(WEB_DEFAULT), upgrade.refresh());
        assertEquals("initial last-import previous running", snapshots(WEB_DEFAULT));
        assertEquals("80", model.snapshot(WEB_DEFAULT, Snapshot.PREVIOUS).orElseThrow().serviceLevel().getFirst().value("port")
                .orElseThrow());
        assertEquals(List.of("test.xml: Upgrading property group \"config\" of svc:/site/web.",
                "Taking \"previous\" snapshot for svc:/site/web:default.", "Refreshed svc:/site/web:default."), upgrade.progress());
    }

    @Test void groupThatTheManifestNoLongerHasGoes() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        importing(service("site/web", INSTANCE));
        assertEquals("none", port());
    }

    @Test void instanceThatTheManifestNoLongerHasStays() {
        importing(service("site/web", INSTANCE + "<instance name='other' enabled='true'/>"));
        importing(service("site/web", INSTANCE));
        assertTrue(model.exists(WEB.instance("other")));
    }

    @Test void anotherFileOfTheServiceIsRecordedWithoutARefresh() throws BundleException {
        String manifest = service("site/web", INSTANCE);
        importing(manifest);
        BundleImport outcome = BundleImport.of(bundle(Bundle.Kind.MANIFEST, manifest).from("/var/svc/manifest/web.xml"), model, 0);
        assertEquals(List.of(), outcome.refresh());
        model = model.with(outcome.change());
        assertEquals("/var/svc/manifest/web.xml",
                model.own(WEB, "manifestfiles").orElseThrow().value("var_svc_manifest_web_xml").orElseThrow());
    }

    // --- what the administrator changed

    @Test void administratorsValueStaysAndTheConflictIsTold() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        administratorSetsPort("8080");
        assertEquals(List.of(), importing(service("site/web", INSTANCE + port("value='80'"))).warnings());
        assertEquals(List.of("Conflict upgrading svc:/site/web (property \"config/port\" has different values)."),
                importing(service("site/web", INSTANCE + port("value='81'"))).warnings());
        assertEquals("8080", port());
        assertEquals(List.of(), importing(service("site/web", INSTANCE + port("value='81'"))).warnings());
    }

    @Test void overrideTakesTheManifestsValueWhenItChanges() {
        importing(service("site/web", INSTANCE + port("value='80' override='true'")));
        administratorSetsPort("8080");
        importing(service("site/web", INSTANCE + port("value='80' override='true'")));
        assertEquals("8080", port());
        importing(service("site/web", INSTANCE + port("value='81' override='true'")));
        assertEquals("81", port());
    }

    @Test void whetherItIsEnabledIsTheAdministratorsAffair() {
        importing(service("site/web", INSTANCE));
        administrator(WEB_DEFAULT, new PropertyGroup("general", "framework", List.of(Property.truth("enabled", true))));
        BundleImport upgrade = importing(service("site/web", INSTANCE + port("value='1'")));
        assertEquals(true, model.enabled(WEB_DEFAULT).orElseThrow());
        assertEquals(List.of(), upgrade.warnings());
    }

    @Test void deleteTakesTheAdministratorsGroupTooIfAManifestHadIt() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        administratorSetsPort("8080");
        importing(service("site/web", INSTANCE + "<property_group name='config' type='application' delete='true'/>"));
        assertEquals("none", port());
    }

    // --- dependents

    @Test void dependentIsPutIntoItsTargetWhichIsRefreshed() {
        importing(MILESTONE);
        BundleImport outcome = importing(service("site/web", INSTANCE + DEPENDENT));
        assertEquals(List.of(MULTI_USER), outcome.refresh());
        assertEquals("svc:/site/web", model.own(MULTI_USER, "web").orElseThrow().value("entities").orElseThrow());
        assertTrue(model.running(MULTI_USER).stream().anyMatch(g -> g.name().equals("web")));
    }

    @Test void targetThatIsNotThereYetIsAPlaceholder() {
        importing(service("site/web", INSTANCE + DEPENDENT));
        assertTrue(model.exists(MULTI_USER));
        assertTrue(model.enabled(MULTI_USER).isEmpty());
        assertEquals("", snapshots(MULTI_USER));
        importing(MILESTONE);
        assertEquals("initial last-import running", snapshots(MULTI_USER));
        assertTrue(model.running(MULTI_USER).stream().anyMatch(g -> g.name().equals("web")));
    }

    @Test void importOfTheTargetKeepsWhatOthersPutThere() {
        importing(MILESTONE);
        importing(service("site/web", INSTANCE + DEPENDENT));
        assertTrue(importing(MILESTONE).change().isEmpty());
        assertTrue(model.own(MULTI_USER, "web").isPresent());
    }

    @Test void dependentThatTheManifestNoLongerHasIsWithdrawn() {
        importing(MILESTONE);
        importing(service("site/web", INSTANCE + DEPENDENT));
        BundleImport outcome = importing(service("site/web", INSTANCE));
        assertEquals(Set.of(MULTI_USER, WEB_DEFAULT), Set.copyOf(outcome.refresh()));
        assertTrue(model.own(MULTI_USER, "web").isEmpty());
        assertTrue(model.own(WEB, "dependents").isEmpty());
    }

    @Test void dependentMovesToANewTarget() {
        importing(service("site/web", INSTANCE + DEPENDENT));
        importing(service("site/web", INSTANCE + DEPENDENT.replace("multi-user:default", "network:default")));
        assertFalse(model.exists(MULTI_USER));
        assertTrue(model.own(InstanceFmri.parse("svc:/milestone/network:default"), "web").isPresent());
    }

    @Test void nameThatIsTakenInTheTargetIsAnErrorForANewService() {
        importing(service("milestone/multi-user",
                "<instance name='default' enabled='true'><property_group name='web' type='application'/></instance>"));
        BundleException refusal = assertThrows(BundleException.class,
                () -> BundleImport.of(bundle(Bundle.Kind.MANIFEST, service("site/web", INSTANCE + DEPENDENT)), model, 0));
        assertEquals("test.xml:3: Could not create \"web\" dependency in svc:/milestone/multi-user:default (already exists); the dependent "
                + "needs another name", refusal.getMessage());
    }

    @Test void nameThatIsTakenInTheTargetIsAConflictForAnOldService() {
        importing(service("milestone/multi-user",
                "<instance name='default' enabled='true'><property_group name='web' type='application'/></instance>"));
        importing(service("site/web", INSTANCE));
        assertEquals(List.of("Conflict upgrading svc:/site/web (not importing new dependent \"web\" because it already exists)."),
                importing(service("site/web", INSTANCE + DEPENDENT)).warnings());
    }

    // --- deletion

    @Test void deletionWithdrawsDependentsAndLeavesNothing() {
        importing(MILESTONE);
        importing(service("site/web", INSTANCE + DEPENDENT + port("value='80'")));
        Deletion deletion = Deletion.of(WEB, model, 0);
        model = model.with(deletion.change());
        assertFalse(model.exists(WEB));
        assertEquals("", snapshots(WEB_DEFAULT));
        assertEquals(List.of(MULTI_USER), deletion.refresh());
        assertTrue(model.running(MULTI_USER).stream().noneMatch(g -> g.name().equals("web")));
    }

    @Test void deletedTargetStaysAsAPlaceholder() {
        importing(MILESTONE);
        importing(service("site/web", INSTANCE + DEPENDENT));
        model = model.with(Deletion.of(MULTI_USER.serviceFmri(), model, 0).change());
        assertTrue(model.exists(MULTI_USER));
        assertTrue(model.enabled(MULTI_USER).isEmpty());
        importing(MILESTONE);
        assertTrue(model.running(MULTI_USER).stream().anyMatch(g -> g.name().equals("web")));
    }

    // --- profiles

    @Test void profileSetsPropertiesWhoseTypesItLeavesOut() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        BundleImport outcome = applying(service("site/web",
                "<property_group name='config'><propval name='port' value='90'/></property_group><instance name='default' enabled='true'/>"));
        assertEquals("90", port());
        assertEquals(true, model.enabled(WEB_DEFAULT).orElseThrow());
        assertEquals(List.of(WEB_DEFAULT), outcome.refresh());
        assertEquals("initial last-import running", snapshots(WEB_DEFAULT));
    }

    @Test void profileYieldsToTheAdministratorAndOutlivesAnImport() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        applying(service("site/web", "<property_group name='config'><propval name='port' value='90'/></property_group>"));
        importing(service("site/web", INSTANCE + port("value='81'")));
        assertEquals("90", port());
        administratorSetsPort("8080");
        assertEquals("8080", port());
    }

    @Test void profileCreatesNothing() {
        BundleImport outcome = applying(service("site/web", "<instance name='default' enabled='true'/>"));
        assertTrue(outcome.change().isEmpty());
        assertEquals(List.of("test.xml: svc:/site/web does not exist; left out."), outcome.progress());
    }

    @Test void profileTakesTypesFromTemplates() {
        importing(service("site/web", INSTANCE + "<template><common_name><loctext xml:lang='C'>web</loctext></common_name>"
                + "<pg_pattern name='config' type='application'><prop_pattern name='port' type='count'/></pg_pattern></template>"));
        applying(service("site/web",
                "<property_group name='config' type='application'><propval name='port' value='90'/></property_group>"));
        assertEquals("90", port());
    }

    @Test void profileWithATypeNobodyKnowsIsLeftOut() {
        importing(service("site/web", INSTANCE));
        BundleImport outcome = applying(service("site/web",
                "<property_group name='config' type='application'><propval name='port' value='90'/></property_group>"));
        assertEquals(List.of("test.xml:3: Could not find property type for \"config/port\" of svc:/site/web; nothing of it is applied"),
                outcome.warnings());
        assertEquals("none", port());
    }

    @Test void profileHidesAGroup() {
        importing(service("site/web", INSTANCE + port("value='80'")));
        applying(service("site/web", "<property_group name='config' delete='true'/>"));
        assertEquals("none", port());
    }

    // --- the other kind

    @Test void kindsAreNotMixedUp() {
        assertEquals("test.xml: document is not a manifest; it is of type profile",
                assertThrows(BundleException.class, () -> BundleImport.of(bundle(Bundle.Kind.PROFILE, ""), model, 0)).getMessage());
        assertEquals("test.xml: document is not a profile; it is of type manifest",
                assertThrows(BundleException.class, () -> BundleImport.ofProfile(bundle(Bundle.Kind.MANIFEST, ""), model, 0))
                        .getMessage());
    }
}
