package io.gramme.http;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.gramme.core.bytes.Bytes;
import io.gramme.http.Answer.Header;
import java.util.List;

/** The bodies of one of AWS's general protocols: how it writes the requests, the responses and the errors of any service. */
interface ServiceFormat {

    /**
     * The members of a request.
     *
     * @throws ServiceException if the body is not of this format, or too large in any direction
     */
    Document.Structure read(byte[] body);

    /** The body of a response. */
    Bytes write(AwsService.Names service, String operation, Document.Structure output, String requestId);

    /** The body of an error. */
    Bytes write(AwsService.Names service, ServiceException error, String requestId);

    /** The headers that say which format the body has. */
    List<Header> headers();
}
