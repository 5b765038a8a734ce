package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The bodies of AWS's query protocol: a form, and XML. */
final class QueryFormat implements ServiceFormat {
    private static final List<Header> HEADERS = List.of(new Header("Content-Type", "text/xml"));
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    @Override
    public Document.Structure read(byte[] body) {
        return QueryForm.of(body).structure();
    }

    /** Writes one element of a body. */
    @FunctionalInterface
    private interface Element {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    @Override
    public Bytes write(AwsService.Names service, String operation, Document.Structure output, String requestId) {
        return written(service, operation + "Response", xml -> {
            xml.writeStartElement(operation + "Result");
            members(xml, output.members());
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            text(xml, "RequestId", requestId);
            xml.writeEndElement();
        });
    }

    @Override
    public Bytes write(AwsService.Names service, ServiceException error, String requestId) {
        return written(service, "ErrorResponse", xml -> {
            xml.writeStartElement("Error");
            text(xml, "Type", error.isOfCaller() ? "Sender" : "Receiver");
            text(xml, "Code", error.code());
            text(xml, "Message", error.text());
            xml.writeEndElement();
            text(xml, "RequestId", requestId);
        });
    }

    private static Bytes written(AwsService.Names service, String root, Element content) {
        var out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = FACTORY.createXMLStreamWriter(out, UTF_8.name());
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(service.xmlNamespace());
            content.write(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the JDK's writer refused XML", e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static void members(XMLStreamWriter xml, Map<String, Document> members) throws XMLStreamException {
        for (var member : members.entrySet()) {
            value(xml, member.getKey(), member.getValue());
        }
    }

    private static void value(XMLStreamWriter xml, String name, Document value) throws XMLStreamException {
        switch (value) {
            case Document.Text(var text) -> text(xml, name, text);
            case Document.Word(var text) -> text(xml, name, text);
            case Document.Whole(var number) -> text(xml, name, Long.toString(number));
            case Document.Real(var number) -> text(xml, name, Double.toString(number));
            case Document.Flag(var flag) -> text(xml, name, Boolean.toString(flag));
            case Document.Time(var time) -> text(xml, name, time.toString());
            case Document.Sequence(var elements) -> {
                xml.writeStartElement(name);
                for (Document element : elements) {
                    value(xml, "member", element);
                }
                xml.writeEndElement();
            }
            case Document.Structure(var members) -> {
                xml.writeStartElement(name);
                members(xml, members);
                xml.writeEndElement();
            }
            case Document.Dictionary(var entries) -> {
                xml.writeStartElement(name);
                for (var entry : entries.entrySet()) {
                    xml.writeStartElement("entry");
                    text(xml, "key", entry.getKey());
                    value(xml, "value", entry.getValue());
                    xml.writeEndElement();
                }
                xml.writeEndElement();
            }
        }
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(valid(text));
        xml.writeEndElement();
    }

    /** The text with a replacement character for each that XML 1.0 cannot express, not even escaped. */
    private static String valid(String text) {
        if (text.codePoints().allMatch(QueryFormat::isValid)) {
            return text;
        }
        var valid = new StringBuilder(text.length());
        text.codePoints().forEach(one -> valid.appendCodePoint(isValid(one) ? one : 0xfffd));
        return valid.toString();
    }

    private static boolean isValid(int one) {
        return one == '\t'
                || one == '\n'
                || one == '\r'
                || (one >= 0x20 && one <= 0xd7ff)
                || (one >= 0xe000 && one <= 0xfffd)
                || one >= 0x10000;
    }

    @Override
    public List<Header> headers() {
        return HEADERS;
    }
}
