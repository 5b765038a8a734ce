package io.gramme.http;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The bodies of AWS JSON 1.0 and 1.1, which differ in their content type only. */
final class JsonFormat implements ServiceFormat {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(DocumentReader.BOUNDS).build();

    private final List<Header> headers;

    /** @param contentType of the requests and of the responses */
    JsonFormat(String contentType) {
        this.headers = List.of(new Header("Content-Type", contentType));
    }

    @Override
    public Document.Structure read(byte[] body) {
        try (JsonParser tokens = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            return DocumentReader.read(tokens);
        }
    }

    @Override
    public Bytes write(AwsService.Names service, String operation, Document.Structure output, String requestId) {
        return written(output);
    }

    @Override
    public Bytes write(AwsService.Names service, ServiceException error, String requestId) {
        return written(error(service, error));
    }

    /** The body of an error in JSON and in CBOR. */
    static Document.Structure error(AwsService.Names service, ServiceException error) {
        return new Output()
                .put(
                        "__type",
                        service.shapeNamespace().isEmpty()
                                ? error.shape()
                                : service.shapeNamespace() + "#" + error.shape())
                .put("message", error.text())
                .done();
    }

    private static Bytes written(Document.Structure structure) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator tokens = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            new DocumentWriter(tokens, () -> {}).write(structure);
        }
        return Bytes.wrap(out.toByteArray());
    }

    @Override
    public List<Header> headers() {
        return headers;
    }
}
