package io.gramme.http;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** The bodies of RPC v2 CBOR (specification of Smithy): CBOR (RFC 8949), a time is a number with tag 1. */
final class CborFormat implements ServiceFormat {
    /** The value of the header by which requests and responses name the protocol. */
    static final String PROTOCOL = "rpc-v2-cbor";

    static final String PROTOCOL_HEADER = "smithy-protocol";

    private static final int EPOCH_TIME = 1;
    private static final List<Header> HEADERS =
            List.of(new Header(PROTOCOL_HEADER, PROTOCOL), new Header("Content-Type", "application/cbor"));

    private static final CBORFactory FACTORY =
            CBORFactory.builder().streamReadConstraints(DocumentReader.BOUNDS).build();

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
        return written(JsonFormat.error(service, error));
    }

    private static Bytes written(Document.Structure structure) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator tokens = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            new DocumentWriter(tokens, () -> ((CBORGenerator) tokens).writeTag(EPOCH_TIME)).write(structure);
        }
        return Bytes.wrap(out.toByteArray());
    }

    @Override
    public List<Header> headers() {
        return HEADERS;
    }
}
