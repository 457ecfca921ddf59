package dev.svc.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/// A reader that compares what passes with the grammar. It reports and goes on, so that one reading finds all mistakes; it stops only
/// where the rest would say nothing of use.
final class CheckedReader extends StreamReaderDelegate {
    /// Bundles are included in bundles to this depth.
    private static final int DEEPEST = 32;
    private static final int LONGEST_QUOTE = 80;

    private final Grammar grammar;
    private final Findings findings;
    private final Prolog prolog;
    private final Deque<Open> open = new ArrayDeque<>();
    private int unknown;
    private int startLine = 1;

    /// An element that has begun and not ended.
    private static final class Open {
        final Grammar.Declaration declaration;
        final String title;
        final int line;
        ContentModel left;

        Open(Grammar.Declaration declaration, String title, int line) {
            this.declaration = declaration;
            this.title = title;
            this.line = line;
            left = declaration.content();
        }
    }

    /// The document was refused; why stands in the findings.
    static final class Refused extends XMLStreamException {
        private static final long serialVersionUID = 1L;
    }

    CheckedReader(XMLStreamReader reader, Grammar grammar, Prolog prolog, Findings findings) {
        super(reader);
        this.grammar = grammar;
        this.prolog = prolog;
        this.findings = findings;
    }

    /// Where the element just read begins, counted from 1.
    int startLine() {
        return startLine;
    }

    @Override public int next() throws XMLStreamException {
        // An event's location is its end: the end of the one before is where this one begins.
        Location before = super.getLocation();
        startLine = Math.max(1, before.getLineNumber());
        int event = super.next();
        switch (event) {
            case START_ELEMENT -> begin();
            case END_ELEMENT -> end();
            case CHARACTERS, CDATA -> text();
            default -> {}
        }
        return event;
    }

    private void begin() throws Refused {
        String name = qualified(getPrefix(), getLocalName());
        if (open.isEmpty() && unknown == 0) {
            root(name);
        }
        String namespace = getNamespaceURI();
        if (namespace != null && !namespace.isEmpty()) {
            foreign(name, namespace);
        }
        Optional<Grammar.Declaration> declared = unknown > 0 ? Optional.empty() : grammar.element(name);
        if (declared.isEmpty()) {
            if (unknown++ == 0) {
                unexpected(name, "element " + name);
            }
            return;
        }
        Open element = new Open(declared.get(), title(name), startLine);
        Open parent = open.peek();
        if (parent != null) {
            follow(parent, element);
        }
        attributes(element);
        open.push(element);
        if (open.size() > DEEPEST) {
            throw refused(startLine, element.title + ": bundles are nested too deep; at most " + DEEPEST);
        }
    }

    private void root(String name) throws Refused {
        startLine = prolog.rootLine();
        if (prolog.doctype().isEmpty()) {
            throw refused(prolog.doctypeLine(), "document has no DTD; it must begin with " + Doctype.EXPECTED);
        }
        Doctype doctype = prolog.doctype().get();
        if (!doctype.isServiceBundle()) {
            throw refused(prolog.doctypeLine(), "document DTD unknown; not service bundle? It must begin with " + Doctype.EXPECTED);
        }
        if (!doctype.subset().isBlank()) {
            throw refused(prolog.doctypeLine(),
                    "couldn't parse document: its DOCTYPE declares something itself; that is not allowed: it must be "
                            + Doctype.EXPECTED);
        }
        if (!name.equals("service_bundle")) {
            throw refused(startLine, "document is not a service bundle: element " + name);
        }
    }

    private void foreign(String name, String namespace) throws Refused {
        if (namespace.equals("http://www.w3.org/2001/XInclude") || namespace.equals("http://www.w3.org/2003/XInclude")) {
            String href = Optional.ofNullable(getAttributeValue(null, "href")).orElse("");
            throw refused(startLine, "element " + name + ": couldn't handle XInclude statements in document: no other file is read from "
                    + "within a bundle; import or apply \"" + shortened(href) + "\" by itself");
        }
        throw refused(startLine, "element " + name + ": namespace \"" + shortened(namespace)
                + "\" is unknown; elements of a service bundle have none");
    }

    private void follow(Open parent, Open element) {
        String name = element.declaration.name();
        Optional<ContentModel> after = parent.left.after(name);
        if (after.isPresent()) {
            parent.left = after.get();
        } else {
            unexpected(name, element.title);
        }
    }

    /// Reports a child that may not stand here: never in this element, or only before what was read already.
    private void unexpected(String name, String title) {
        Open parent = open.peek();
        if (parent == null) {
            findings.add(startLine, title + " is unknown");
            return;
        }
        Set<String> anywhere = parent.declaration.content().children();
        String what = title + (anywhere.contains(name) ? " must come earlier in " : " is not allowed in ") + parent.title;
        if (anywhere.isEmpty()) {
            findings.add(startLine, what + (parent.declaration.holdsText() ? "; it has only text" : "; it is empty"));
        } else if (parent.left.next().isEmpty()) {
            findings.add(startLine, what + "; nothing may follow here");
        } else {
            findings.add(startLine, what + "; here may follow: " + String.join(", ", parent.left.next()));
        }
    }

    private void attributes(Open element) {
        var declared = element.declaration.attributes();
        for (int i = 0; i < getAttributeCount(); i++) {
            String name = qualified(getAttributePrefix(i), getAttributeLocalName(i));
            Grammar.Attribute attribute = declared.get(name);
            if (attribute == null) {
                findings.add(element.line, element.title + ": attribute " + name + " is unknown; " + allowed(declared.keySet()));
            } else if (!attribute.words().isEmpty() && !attribute.words().contains(getAttributeValue(i))) {
                findings.add(element.line, element.title + ": " + name + " \"" + shortened(getAttributeValue(i)) + "\" is unknown; "
                        + oneOf(attribute.words()));
            }
        }
        for (Grammar.Attribute attribute : declared.values()) {
            if (attribute.presence() == Grammar.Presence.REQUIRED && !carries(attribute.name())) {
                findings.add(element.line, element.title + ": attribute " + attribute.name() + " is missing"
                        + (attribute.words().isEmpty() ? "" : "; " + oneOf(attribute.words())));
            }
        }
    }

    private boolean carries(String attribute) {
        for (int i = 0; i < getAttributeCount(); i++) {
            if (qualified(getAttributePrefix(i), getAttributeLocalName(i)).equals(attribute)) {
                return true;
            }
        }
        return false;
    }

    private void end() {
        if (unknown > 0) {
            unknown--;
            return;
        }
        Open element = open.pop();
        if (!element.left.complete()) {
            findings.add(element.line, element.title + " is incomplete; it needs " + element.left.next().stream().collect(
                    Collectors.joining(" or ")));
        }
    }

    private void text() {
        Open element = open.peek();
        if (unknown > 0 || element == null || element.declaration.holdsText() || isWhiteSpace()) {
            return;
        }
        String text = getText().strip();
        // A long text comes in pieces, and a piece may be blank.
        if (!text.isEmpty()) {
            findings.add(startLine, element.title + ": text \"" + shortened(text) + "\" is not allowed here");
        }
    }

    private String title(String name) {
        for (String attribute : List.of("name", "title", "value")) {
            String value = getAttributeValue(null, attribute);
            if (value != null && !value.isBlank()) {
                return name + " \"" + shortened(value) + "\"";
            }
        }
        return name;
    }

    private Refused refused(int line, String sentence) {
        findings.add(line, sentence);
        return new Refused();
    }

    private static String qualified(String prefix, String local) {
        return prefix == null || prefix.isEmpty() ? local : prefix + ":" + local;
    }

    private static String allowed(Set<String> names) {
        return names.isEmpty() ? "it has none" : "allowed: " + String.join(", ", names);
    }

    private static String oneOf(List<String> words) {
        return "one of " + String.join(", ", words);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
