package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.core.JsonGenerator;

/** Answers of the query protocol, and their form for a person and for programs: JSON on one line. */
final class XmlText {
    /** The members that are percent-encoded policies. */
    private static final Set<String> POLICIES = Set.of("PolicyDocument", "AssumeRolePolicyDocument", "Document");

    private XmlText() {}

    /** The code and the text of an error; empty if this is no error of a service. */
    static Optional<String> error(String xml) {
        try {
            Element error = child(root(xml), "Error").orElse(null);
            return error == null
                    ? Optional.empty()
                    : child(error, "Code")
                            .map(code -> code.getTextContent() + ": "
                                    + child(error, "Message")
                                            .map(Node::getTextContent)
                                            .map(Refusal::firstLine)
                                            .orElse(""));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * The result of an operation, as JSON.
     *
     * @throws IOException with a message for the user, if this is no answer of a service
     */
    static String json(String xml) throws IOException {
        Element root = root(xml);
        Element result = elements(root).stream()
                .filter(one -> one.getTagName().endsWith("Result"))
                .findFirst()
                .orElseThrow(CallingCommand::unknownForm);
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(bytes)) {
            structure(out, result);
        }
        return bytes.toString(UTF_8);
    }

    private static Element root(String xml) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (SAXException e) {
            throw new IOException("the server answers in a form that this version of Gramme does not know", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML parser", e);
        }
    }

    private static List<Element> elements(Element parent) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private static Optional<Element> child(Element parent, String name) {
        return elements(parent).stream()
                .filter(one -> one.getTagName().equals(name))
                .findFirst();
    }

    private static void structure(JsonGenerator out, Element element) {
        out.writeStartObject();
        for (Element member : elements(element)) {
            out.writeName(member.getTagName());
            value(out, member);
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, Element element) {
        List<Element> children = elements(element);
        if (children.isEmpty()) {
            text(out, element);
            return;
        }
        String first = children.getFirst().getTagName();
        if (first.equals("member")) {
            out.writeStartArray();
            children.forEach(one -> value(out, one));
            out.writeEndArray();
            return;
        }
        if (first.equals("entry")) {
            Map<String, Element> entries = new LinkedHashMap<>();
            children.forEach(one -> entries.put(
                    child(one, "key").map(Node::getTextContent).orElse(""),
                    child(one, "value").orElse(one)));
            out.writeStartObject();
            entries.forEach((key, one) -> {
                out.writeName(key);
                value(out, one);
            });
            out.writeEndObject();
            return;
        }
        structure(out, element);
    }

    private static void text(JsonGenerator out, Element element) {
        String text = element.getTextContent();
        if (POLICIES.contains(element.getTagName())) {
            out.writeString(URLDecoder.decode(text, UTF_8));
        } else if (element.getTagName().endsWith("s") && text.isEmpty()) {
            // An empty list.
            out.writeStartArray();
            out.writeEndArray();
        } else {
            out.writeString(text);
        }
    }
}
