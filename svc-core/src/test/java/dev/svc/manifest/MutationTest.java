package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A document that was damaged at random is read, or refused in words: nothing else happens.
class MutationTest {
    private static final int ROUNDS = 100;
    private static final String[] FRAGMENTS = {"<", ">", "/>", "'", "\"", "&", "&#0;", "&#x110000;", "]]>", "<!--", "-->", "<![CDATA[",
            "<!DOCTYPE service_bundle [<!ENTITY a 'b'>]>", "&lt;", "<service_bundle type='manifest' name='x'>", "</service>", " xmlns='u'",
            " delete='true'", "<xi:include href='/etc/passwd'/>", "<template>", "\0", "\uffff", "svc:/", "<?x y?>", "<propval/>"};

    private static byte[] original() throws IOException {
        try (InputStream in = MutationTest.class.getResourceAsStream("everything.xml")) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5}) void damagedDocumentsAreRefusedInWords(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] original = original();
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = original;
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged = damaged(damaged, random);
            }
            try {
                ServiceBundles.read("damaged.xml", damaged);
            } catch (BundleException e) {
                refused++;
                assertTrue(e.getMessage().startsWith("damaged.xml:"), "seed " + seed + ", round " + round + ": " + e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ", round " + round + ": " + e, e);
            }
        }
        assertTrue(refused > ROUNDS / 2, refused + " refused");
    }

    private static byte[] damaged(byte[] document, Random random) {
        int at = random.nextInt(document.length);
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = document.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(document, at + 1);
            case 2 -> replaced(document, at, Math.min(document.length, at + random.nextInt(60)), new byte[0]);
            case 3 -> replaced(document, at, at, FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(
                    java.nio.charset.StandardCharsets.UTF_8));
            default -> {
                int end = Math.min(document.length, at + random.nextInt(400));
                yield replaced(document, at, at, Arrays.copyOfRange(document, at, end));
            }
        };
    }

    private static byte[] replaced(byte[] document, int from, int to, byte[] by) {
        byte[] result = new byte[document.length - (to - from) + by.length];
        System.arraycopy(document, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(document, to, result, from + by.length, document.length - to);
        return result;
    }
}
