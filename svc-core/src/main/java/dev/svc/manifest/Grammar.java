package dev.svc.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DeclHandler;

/// The grammar of service bundles, as `service_bundle.dtd.1` declares it.
record Grammar(Map<String, Declaration> elements) {
    /// The grammar that is shipped, read when first used.
    static Grammar shipped() {
        return Shipped.GRAMMAR;
    }

    /// What an element may contain and carry.
    record Declaration(String name, ContentModel content, Map<String, Attribute> attributes) {
        /// Whether it may have text.
        boolean holdsText() {
            return content instanceof ContentModel.Text;
        }
    }

    /// @param words the values allowed; empty: any text
    record Attribute(String name, List<String> words, Presence presence) {}

    enum Presence {
        REQUIRED, OPTIONAL
    }

    Optional<Declaration> element(String name) {
        return Optional.ofNullable(elements.get(name));
    }

    private static final class Shipped {
        static final Grammar GRAMMAR = read("service_bundle.dtd.1");
    }

    private static Grammar read(String resource) {
        try (InputStream in = Grammar.class.getResourceAsStream(resource)) {
            String dtd = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // As an internal subset there is nothing to fetch and no resolver to trust.
            String document = "<!DOCTYPE service_bundle [" + dtd.substring(dtd.indexOf("?>") + 2) + "]><service_bundle/>";
            Declarations declarations = new Declarations();
            XMLReader reader = SAXParserFactory.newDefaultInstance().newSAXParser().getXMLReader();
            reader.setProperty("http://xml.org/sax/properties/declaration-handler", declarations);
            reader.parse(new InputSource(new StringReader(document)));
            return declarations.grammar();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(resource + " is not a DTD", e);
        }
    }

    /// Listens to the declarations of a DTD; they come in any order.
    private static final class Declarations implements DeclHandler {
        private final Map<String, ContentModel> contents = new LinkedHashMap<>();
        private final Map<String, Map<String, Attribute>> attributes = new HashMap<>();

        Grammar grammar() {
            Map<String, Declaration> elements = new HashMap<>();
            contents.forEach((name, content) -> elements.put(name,
                    new Declaration(name, content, attributes.getOrDefault(name, Map.of()))));
            return new Grammar(Map.copyOf(elements));
        }

        @Override public void elementDecl(String name, String model) {
            contents.put(name, ContentModel.parse(model));
        }

        @Override public void attributeDecl(String element, String name, String type, String mode, String value) {
            List<String> words = new ArrayList<>();
            if (type.startsWith("(")) {
                words.addAll(List.of(type.substring(1, type.length() - 1).split("\\|")));
            }
            Presence presence = "#REQUIRED".equals(mode) ? Presence.REQUIRED : Presence.OPTIONAL;
            attributes.computeIfAbsent(element, _ -> new LinkedHashMap<>()).put(name, new Attribute(name, List.copyOf(words), presence));
        }

        @Override public void internalEntityDecl(String name, String value) {}

        @Override public void externalEntityDecl(String name, String publicId, String systemId) {}
    }
}
