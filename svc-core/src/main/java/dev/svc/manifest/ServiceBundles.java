package dev.svc.manifest;

import dev.svc.manifest.document.Element;
import dev.svc.manifest.document.ServiceBundleElement;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/// Reads service bundles.
public final class ServiceBundles {
    /// Longest document that is looked at, in bytes.
    public static final int LONGEST = 1 << 20;

    private ServiceBundles() {}

    /// What the document says.
    ///
    /// @param name of the document, for messages
    /// @throws BundleException if it is not a valid service bundle, with everything that is wrong with it
    public static Bundle read(String name, byte[] xml) throws BundleException {
        Findings findings = new Findings(name);
        ServiceBundleElement document = document(DocumentText.of(name, xml), findings);
        findings.throwIfAny("Document is not valid.");
        Bundle bundle = new BundleMapping(name, findings).bundle(document);
        findings.throwIfAny();
        return bundle;
    }

    private static ServiceBundleElement document(String text, Findings findings) throws BundleException {
        try {
            CheckedReader reader = new CheckedReader(parser().createXMLStreamReader(new StringReader(text)), Grammar.shipped(),
                    Prolog.of(text), findings);
            Unmarshaller unmarshaller = Jaxb.CONTEXT.createUnmarshaller();
            unmarshaller.setListener(new LineListener(reader));
            // What does not belong into the document was reported by the reader.
            unmarshaller.setEventHandler(_ -> true);
            return unmarshaller.unmarshal(reader, ServiceBundleElement.class).getValue();
        } catch (XMLStreamException e) {
            throw unparsable(e, findings);
        } catch (JAXBException e) {
            if (e.getLinkedException() instanceof XMLStreamException cause) {
                throw unparsable(cause, findings);
            }
            throw new IllegalStateException("JAXB cannot bind a document of the grammar", e);
        }
    }

    private static BundleException unparsable(XMLStreamException e, Findings findings) throws BundleException {
        if (!(e instanceof CheckedReader.Refused)) {
            findings.add(e.getLocation() == null ? 0 : e.getLocation().getLineNumber(), "couldn't parse document: " + reason(e));
        }
        findings.throwIfAny();
        throw new IllegalStateException("refused without a finding", e);
    }

    /// The parser's sentence, without the position it puts in front.
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf("Message: ");
        String sentence = (start < 0 ? message : message.substring(start + "Message: ".length())).strip();
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static XMLInputFactory parser() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, systemId, _, _) -> {
            throw new XMLStreamException("\"" + systemId + "\" is not read");
        });
        return factory;
    }

    /// Notes where each element begins.
    private static final class LineListener extends Unmarshaller.Listener {
        private final CheckedReader reader;

        LineListener(CheckedReader reader) {
            this.reader = reader;
        }

        @Override public void beforeUnmarshal(Object target, Object parent) {
            if (target instanceof Element element) {
                element.line = reader.startLine();
            }
        }
    }

    /// The binding, made when the first document is read: it takes longer than many a command lives.
    static final class Jaxb {
        static final JAXBContext CONTEXT = context();

        private Jaxb() {}

        private static JAXBContext context() {
            try {
                return JAXBContext.newInstance(ServiceBundleElement.class);
            } catch (JAXBException e) {
                throw new IllegalStateException("the classes of dev.svc.manifest.document do not bind", e);
            }
        }
    }
}
