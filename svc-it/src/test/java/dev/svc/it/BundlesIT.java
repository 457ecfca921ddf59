package dev.svc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Service bundles by the installed svccfg: hostile ones, and those of illumos if they are at hand. */
@Timeout(300) class BundlesIT {
    private Site site;

    @BeforeEach void begin() throws Exception {
        site = Site.create();
        site.start();
    }

    @AfterEach void end() throws Exception {
        site.close();
    }

    @Test void hostileBundlesAreRefusedWithFileAndLineAndChangeNothing() throws Exception {
        String before = site.ok("svcs", "-Hao", "fmri");
        Map<String, String> hostile = new TreeMap<>();
        String service = "  <service name='site/x' type='service' version='1'>\n%s  </service>";
        hostile.put("external-entity", "<?xml version='1.0'?>\n<!DOCTYPE service_bundle [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n"
                + "<service_bundle type='manifest' name='x'><service name='&x;' type='service' version='1'/></service_bundle>\n");
        StringBuilder bomb = new StringBuilder("<?xml version='1.0'?>\n<!DOCTYPE service_bundle [<!ENTITY a 'ha'>");
        for (char c = 'b'; c <= 'p'; c++) {
            bomb.append("<!ENTITY ").append(c).append(" '").append(("&" + (char) (c - 1) + ";").repeat(10)).append("'>");
        }
        hostile.put("entity-bomb", bomb + "]>\n<service_bundle type='manifest' name='&p;'/>\n");
        hostile.put("unknown-element", Site.bundle(service.formatted("    <create_default_instance enabled='true'/>\n    <launch/>\n")));
        hostile.put("wrong-enumeration", Site.bundle(service.formatted("    <create_default_instance enabled='true'/>\n"
                + "    <dependency name='fs' grouping='require' restart_on='none' type='service'/>\n")));
        hostile.put("bad-fmri", Site.bundle(service.formatted("    <create_default_instance enabled='true'/>\n"
                + "    <dependency name='fs' grouping='require_all' restart_on='none' type='service'>\n"
                + "      <service_fmri value='svc:/9bad:'/>\n    </dependency>\n")));
        hostile.put("binary", new String(new char[]{0, 1, 2, 255, 254}) + "\u0000".repeat(5000));
        hostile.put("empty", "");
        hostile.put("huge",
                "<?xml version='1.0'?>\n<service_bundle type='manifest' name='x'>" + " ".repeat(10 << 20) + "</service_bundle>");
        for (Map.Entry<String, String> one : hostile.entrySet()) {
            Path file = site.path(one.getKey() + ".xml");
            Files.write(file, one.getValue().getBytes(StandardCharsets.ISO_8859_1));
            Site.Result result = site.svc("svccfg", "import", file.toString());
            assertEquals(1, result.status(), one.getKey());
            assertTrue(result.err().startsWith("svccfg: ") && result.err().contains(one.getKey() + ".xml"),
                    one.getKey() + ": " + result.err());
            assertTrue(result.err().length() < 2000, one.getKey());
            System.out.println(result.err().strip().replace(site.root().toString(), ""));
        }
        assertEquals(before, site.ok("svcs", "-Hao", "fmri"));
    }

    @Test void illumosManifestsImportInOneCommandAndExportRoundTrips() throws Exception {
        Path corpus = Path.of(System.getenv().getOrDefault("SVC_CORPUS", System.getProperty("svc.corpus", "../../shared/corpus")))
                .resolve("illumos");
        assumeTrue(Files.isDirectory(corpus), corpus + " is not here");
        // Many of these services are enabled, and their methods are meant for another system: none of them is to run here.
        site.ok("svcadm", "milestone", "none");
        Site.Result result = site.svc("svccfg", "import", corpus.toString());
        // 15 of the 184 files are profiles; the index of the collection calls one of them invalid.
        assertTrue(result.out().contains("Loaded 169 smf(5) service descriptions"), result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("generic_limited_net.xml:44: element xi:include"), result.err());
        List<String> services = Arrays.stream(site.ok("svcs", "-Hao", "svc").split("\n")).map(String::strip).distinct().toList();
        assertTrue(services.size() > 150, "services: " + services.size());
        for (String service : services.subList(0, 20)) {
            String exported = site.ok("svccfg", "export", service);
            Path file = site.path("again.xml");
            Files.writeString(file, exported);
            site.ok("svccfg", "import", file.toString());
            assertEquals(exported, site.ok("svccfg", "export", service), service);
        }
        // The manager is unharmed and still explains.
        assertEquals(0, site.svc("svcs", "-x").status());
    }
}
