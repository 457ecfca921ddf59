package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is refused, and with which words.
class ServiceBundlesTest {
    private static final String PROLOG = "<?xml version='1.0'?>\n" + Doctype.EXPECTED + "\n";
    private static final String INVALID = "\nweb.xml: Document is not valid.";

    /// A manifest of service `site/web`; what is given begins on line 5.
    private static String manifest(String inService) {
        return PROLOG + "<service_bundle type='manifest' name='web'>\n<service name='site/web' type='service' version='1'>\n" + inService
                + "\n</service>\n</service_bundle>\n";
    }

    private static void assertRefused(String message, byte[] document) {
        BundleException refusal = assertThrows(BundleException.class, () -> ServiceBundles.read("web.xml", document));
        assertEquals(message, refusal.getMessage());
    }

    private static void assertRefused(String message, String document) {
        assertRefused(message, document.getBytes(StandardCharsets.UTF_8));
    }

    // --- hostile documents

    @Test void externalEntityIsNotFetched() {
        assertRefused("web.xml:2: couldn't parse document: its DOCTYPE declares something itself; that is not allowed: it must be "
                + Doctype.EXPECTED,
                "<?xml version='1.0'?>\n<!DOCTYPE service_bundle SYSTEM '" + Doctype.SYSTEM_ID
                        + "' [<!ENTITY secret SYSTEM 'file:///etc/shadow'>]>\n<service_bundle type='manifest' name='&secret;'/>");
    }

    @Test void externalEntityUnderAnotherDoctypeIsNotFetched() {
        assertRefused("web.xml:2: couldn't parse document: The entity \"secret\" was referenced, but not declared",
                "<!DOCTYPE a [<!ENTITY secret SYSTEM 'file:///etc/shadow'>]>\n<service_bundle type='manifest' name='&secret;'/>");
    }

    @Test void entityBombIsNotLit() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE service_bundle SYSTEM '" + Doctype.SYSTEM_ID + "' [<!ENTITY a0 'boom'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a").append(i).append(" '&a").append(i - 1).append(";&a").append(i - 1).append(";'>");
        }
        bomb.append("]>\n<service_bundle type='manifest' name='x'>&a29;</service_bundle>");
        assertRefused("web.xml:1: couldn't parse document: its DOCTYPE declares something itself; that is not allowed: it must be "
                + Doctype.EXPECTED, bomb.toString());
    }

    @Test void parameterEntityIsNotFetched() {
        assertRefused("web.xml:1: couldn't parse document: its DOCTYPE declares something itself; that is not allowed: it must be "
                + Doctype.EXPECTED,
                "<!DOCTYPE service_bundle SYSTEM '" + Doctype.SYSTEM_ID
                        + "' [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'>%p;]>\n<service_bundle type='manifest' name='x'/>");
    }

    @Test void binaryIsNoDocument() {
        assertRefused("web.xml: couldn't parse document: it is not UTF-8 text".replace("web.xml:", "web.xml:1:"),
                new byte[]{0x7f, 'E', 'L', 'F', 2, (byte) 0xfe, (byte) 0xff, 0});
        assertRefused("web.xml:1: couldn't parse document: it is not text: character 127".replace("127", "1"),
                new byte[]{'<', 'a', 1, '>'});
    }

    @Test void hugeDocumentIsNotLookedAt() {
        assertRefused("web.xml:1: couldn't parse document: 10485760 bytes; a service bundle has at most 1048576", new byte[10 << 20]);
    }

    @Test void emptyDocumentIsNamed() {
        assertRefused("web.xml:1: document is empty", "");
        assertRefused("web.xml:1: document is empty", " \n");
    }

    @Test void otherEncodingsAreNamed() {
        assertRefused("web.xml:1: couldn't parse document: encoding UTF-16 is unknown; one of UTF-8, US-ASCII, ISO-8859-1",
                manifest("").getBytes(StandardCharsets.UTF_16));
        assertRefused("web.xml:1: couldn't parse document: encoding KOI8-R is unknown; one of UTF-8, US-ASCII, ISO-8859-1",
                "<?xml version='1.0' encoding='KOI8-R'?><a/>");
        assertRefused("web.xml:2: couldn't parse document: it is not UTF-8 text",
                "<?xml version='1.0'?>\n<!-- Käse -->".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test void latin1IsReadIfItSaysSo() throws BundleException {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        Bundle bundle = ServiceBundles.read("web.xml",
                manifest("<!-- Käse -->").replace("'1.0'", "'1.0' encoding='iso-8859-1'").getBytes(latin1));
        assertEquals("site/web", bundle.services().getFirst().fmri().name());
    }

    @Test void markupThatDoesNotEndIsNamed() {
        assertRefused("web.xml:4: couldn't parse document: XML document structures must start and end within the same entity",
                PROLOG + "<service_bundle type='manifest' name='web'>\n");
    }

    @Test void deepNestingIsRefused() {
        assertRefused("web.xml:3: service_bundle \"x\": bundles are nested too deep; at most 32",
                PROLOG + "<service_bundle type='manifest' name='x'>".repeat(100) + "</service_bundle>".repeat(100));
    }

    // --- documents of another kind

    @Test void documentWithoutDoctypeIsTold() {
        assertRefused("web.xml:1: document has no DTD; it must begin with " + Doctype.EXPECTED,
                "<service_bundle type='manifest' name='web'/>");
    }

    @Test void documentWithAnotherDoctypeIsTold() {
        assertRefused("web.xml:1: document DTD unknown; not service bundle? It must begin with " + Doctype.EXPECTED,
                "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd'><html/>");
    }

    @Test void documentWithAnotherRootIsTold() {
        assertRefused("web.xml:3: document is not a service bundle: element service", PROLOG + "<service/>");
    }

    @Test void includingAnotherFileIsRefused() {
        assertRefused("web.xml:4: element xi:include: couldn't handle XInclude statements in document: no other file is read from within a "
                + "bundle; import or apply \"/etc/passwd\" by itself",
                PROLOG + "<service_bundle type='profile' name='x' xmlns:xi='http://www.w3.org/2001/XInclude'>\n"
                        + "<xi:include href='/etc/passwd'/></service_bundle>");
    }

    // --- mistakes against the grammar

    @Test void unknownElementIsNamedWithWhatIsAllowed() {
        assertRefused("web.xml:5: element exec_metod is not allowed in service \"site/web\"; here may follow: create_default_instance, "
                + "single_instance, restarter, dependency, dependent, method_context, exec_method, notification_parameters, "
                + "property_group, instance, stability, template" + INVALID, manifest("<exec_metod name='start'/>"));
    }

    @Test void wrongOrderIsNamedWithWhatMayFollow() {
        assertRefused("web.xml:6: single_instance must come earlier in service \"site/web\"; here may follow: instance, stability, template"
                + INVALID, manifest("<instance name='default' enabled='true'/>\n<single_instance/>"));
    }

    @Test void wrongWordIsNamedWithTheRightOnes() {
        assertRefused("web.xml:5: dependency \"fs\": grouping \"require\" is unknown; one of require_all, require_any, exclude_all, "
                + "optional_all" + INVALID,
                manifest("<dependency name='fs' grouping='require' restart_on='none' type='service'/>"));
    }

    @Test void missingAndUnknownAttributesAreNamed() {
        assertRefused("web.xml:5: exec_method \"start\": attribute timeout is unknown; allowed: type, name, exec, timeout_seconds, delete\n"
                + "web.xml:5: exec_method \"start\": attribute timeout_seconds is missing" + INVALID,
                manifest("<exec_method\n  type='method'\n  name='start' exec=':true' timeout='3'/>"));
    }

    @Test void missingChildIsNamed() {
        assertRefused("web.xml:5: restarter is incomplete; it needs service_fmri" + INVALID, manifest("<restarter/>"));
    }

    @Test void textBetweenElementsIsNamed() {
        assertRefused("web.xml:5: service \"site/web\": text \"Hello\" is not allowed here".replace("web.xml:5", "web.xml:4") + INVALID,
                manifest("Hello"));
    }

    // --- mistakes beyond the grammar

    @Test void badFmriIsNamed() {
        assertRefused("web.xml:6: dependency \"fs\": Invalid FMRI: \"svc:/1x\" is not a service name".replace("\"svc:/1x\"", "\"1x\"")
                + "; it must begin with a letter and have only letters, digits, '-' and '_' (and a \"provider,\" before it)",
                manifest("<dependency name='fs' grouping='require_all' restart_on='none' type='service'>\n"
                        + "<service_fmri value='svc:/1x'/></dependency>"));
    }

    @Test void fileInADependencyOnServicesIsNamed() {
        assertRefused("web.xml:6: dependency \"fs\": \"file://localhost/x\" is neither a service nor an instance; a dependency of type "
                + "service needs svc:/…",
                manifest("<dependency name='fs' grouping='require_all' restart_on='none' type='service'>\n"
                        + "<service_fmri value='file://localhost/x'/></dependency>"));
    }

    @Test void badValueIsNamed() {
        assertRefused("web.xml:6: property \"config/port\": \"http\" is not a count value; it must be a decimal number",
                manifest("<property_group name='config' type='application'>\n"
                        + "<propval name='port' type='count' value='http'/></property_group>"));
    }

    @Test void listOfAnotherTypeIsNamed() {
        assertRefused("web.xml:6: property 'port' type-to-list mismatch: its list must be count_list",
                manifest("<property_group name='config' type='application'><property name='port' type='count'>\n"
                        + "<integer_list><value_node value='1'/></integer_list></property></property_group>"));
    }

    @Test void duplicatesAreNamed() {
        assertRefused("web.xml:6: Multiple definitions of property \"port\" in property group \"config\"; one is allowed\n"
                + "web.xml:7: Multiple definitions of instance \"default\" of svc:/site/web; one is allowed",
                manifest("<property_group name='config' type='application'><propval name='port' type='count' value='1'/>\n"
                        + "<propval name='port' type='count' value='2'/></property_group><instance name='default' enabled='true'/>\n"
                        + "<instance name='default' enabled='true'/>"));
    }

    @Test void groupsOfOneNameAndTwoTypesAreNamed() {
        assertRefused("web.xml:6: Multiple definitions of property group \"start\" in svc:/site/web, of different types; one type is "
                + "allowed",
                manifest("<exec_method type='method' name='start' exec=':true' timeout_seconds='0'/>\n"
                        + "<property_group name='start' type='application'/>"));
    }

    @Test void reservedEnvironmentIsNamed() {
        assertRefused("web.xml:5: envvar \"SMF_FMRI\": invalid environment variable: names beginning with SMF_ are reserved",
                manifest("<method_context><method_environment><envvar name='SMF_FMRI' value='x'/></method_environment></method_context>"));
    }

    @Test void whatAManifestMustHaveIsNamed() {
        assertRefused("web.xml:5: property_group \"a\": attribute type is missing; a manifest needs it\n"
                + "web.xml:6: instance \"x\": attribute enabled is missing; one of true, false",
                manifest("<property_group name='a'/>\n<instance name='x'/>"));
    }

    @Test void badNamesAreNamed() {
        BundleException refusal = assertThrows(BundleException.class, () -> ServiceBundles.read("web.xml",
                (PROLOG + "<service_bundle type='manifest' name=''>\n<service name='a b' type='service' version='x'/></service_bundle>")
                        .getBytes(StandardCharsets.UTF_8)));
        assertTrue(refusal.getMessage().startsWith("web.xml:3: service_bundle: name is empty; it must name the bundle\n"
                + "web.xml:4: service \"a b\": Invalid name: \"a b\" is not a service name;"), refusal.getMessage());
    }

    @Test void templatesInProfilesAreRefused() {
        assertRefused("web.xml:4: Template data for svc:/site/web may not be modified in a profile",
                PROLOG + "<service_bundle type='profile' name='x'><service name='site/web' type='service' version='1'>\n"
                        + "<template><common_name><loctext xml:lang='C'>x</loctext></common_name></template></service></service_bundle>");
    }

    @Test void manyMistakesAreCounted() {
        String message = assertThrows(BundleException.class,
                () -> ServiceBundles.read("web.xml", manifest("<x/>\n".repeat(1000)).getBytes(StandardCharsets.UTF_8))).getMessage();
        assertEquals(22, message.lines().count());
        assertTrue(message.contains("web.xml: 980 more findings"), message);
    }
}
