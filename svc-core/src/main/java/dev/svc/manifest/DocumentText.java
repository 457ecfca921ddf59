package dev.svc.manifest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bytes of a document as text, if they are text that is worth parsing.
final class DocumentText {
    private static final Map<String, Charset> ENCODINGS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    static {
        for (Charset charset : new Charset[]{StandardCharsets.UTF_8, StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1}) {
            ENCODINGS.put(charset.name(), charset);
        }
    }

    /// An XML declaration is short; a longer one is not looked at and the document taken for UTF-8.
    private static final int DECLARATION_LENGTH = 200;
    private static final Pattern ENCODING = Pattern.compile("<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private DocumentText() {}

    /// The text, without a byte order mark.
    static String of(String file, byte[] bytes) throws BundleException {
        if (bytes.length > ServiceBundles.LONGEST) {
            throw refused(file, 1, bytes.length + " bytes; a service bundle has at most " + ServiceBundles.LONGEST);
        }
        String text = decoded(file, bytes);
        if (text.isBlank()) {
            throw new BundleException(file, 1, "document is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw refused(file, line(text, i), "it is not text: character " + (int) c);
            }
        }
        return text;
    }

    private static String decoded(String file, byte[] bytes) throws BundleException {
        if (bytes.length >= 2 && (bytes[0] == -1 && bytes[1] == -2 || bytes[0] == -2 && bytes[1] == -1)) {
            throw unknown(file, "UTF-16");
        }
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARATION_LENGTH), StandardCharsets.ISO_8859_1);
        int mark = start.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        Matcher declared = ENCODING.matcher(start);
        declared.region(mark, start.length());
        String name = declared.lookingAt() ? declared.group(1) : "UTF-8";
        Charset charset = ENCODINGS.get(name);
        if (charset == null) {
            throw unknown(file, name);
        }
        return strictly(file, ByteBuffer.wrap(bytes, mark, bytes.length - mark), charset);
    }

    private static String strictly(String file, ByteBuffer bytes, Charset charset) throws BundleException {
        CharsetDecoder decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        try {
            var result = decoder.decode(bytes, chars, true);
            chars.flip();
            if (result.isError()) {
                result.throwException();
            }
            return chars.toString();
        } catch (CharacterCodingException _) {
            throw refused(file, line(chars, chars.length()), "it is not " + charset.name() + " text");
        }
    }

    private static BundleException unknown(String file, String encoding) {
        return refused(file, 1, "encoding " + encoding + " is unknown; one of UTF-8, US-ASCII, ISO-8859-1");
    }

    private static BundleException refused(String file, int line, String why) {
        return new BundleException(file, line, "couldn't parse document: " + why);
    }

    private static int line(CharSequence text, int end) {
        return 1 + (int) text.subSequence(0, end).chars().filter(c -> c == '\n').count();
    }
}
