package dev.svc.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/// Writes elements as manifests are written: two blanks a level, single quotes, an element without content closed at once.
final class BundleText extends DefaultHandler {
    private final StringBuilder text = new StringBuilder("<?xml version='1.0'?>\n" + Doctype.EXPECTED + "\n");
    private final Deque<Content> open = new ArrayDeque<>();

    /// What an element has so far.
    private enum Content {
        NOTHING, ELEMENTS, TEXT
    }

    @Override public void startElement(String uri, String localName, String name, Attributes attributes) {
        if (!open.isEmpty()) {
            become(Content.ELEMENTS);
            text.append('\n');
        }
        text.repeat("  ", open.size()).append('<').append(name);
        for (int i = 0; i < attributes.getLength(); i++) {
            text.append(' ').append(attributes.getQName(i)).append("='");
            escape(attributes.getValue(i), Place.ATTRIBUTE);
            text.append('\'');
        }
        open.push(Content.NOTHING);
    }

    @Override public void characters(char[] characters, int start, int length) {
        if (length > 0) {
            become(Content.TEXT);
            escape(new String(characters, start, length), Place.TEXT);
        }
    }

    @Override public void endElement(String uri, String localName, String name) {
        Content content = open.pop();
        switch (content) {
            case NOTHING -> text.append("/>");
            case ELEMENTS -> text.append('\n').repeat("  ", open.size()).append("</").append(name).append('>');
            case TEXT -> text.append("</").append(name).append('>');
        }
    }

    private void become(Content content) {
        if (open.pop() == Content.NOTHING) {
            text.append('>');
        }
        open.push(content);
    }

    private enum Place {
        ATTRIBUTE, TEXT
    }

    private void escape(String value, Place place) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\r' -> text.append("&#13;");
                case '\'' -> text.append(place == Place.ATTRIBUTE ? "&apos;" : "'");
                case '\n', '\t' -> {
                    // A blank of any kind in an attribute is read as a space, unless it is written as a number.
                    if (place == Place.ATTRIBUTE) {
                        text.append("&#").append(c).append(';');
                    } else {
                        text.appendCodePoint(c);
                    }
                }
                // XML has no way to write other control characters.
                default -> text.appendCodePoint(c < ' ' || c >= 0xfffe && c <= 0xffff ? 0xfffd : c);
            }
        });
    }

    @Override public String toString() {
        return text + "\n";
    }
}
