package io.gramme.api.service;

/**
 * A service of AWS that a server answers beside DynamoDB, on the same port: its names on the wire, and its operations.
 * Every service can be called in each of AWS's general protocols: RPC v2 CBOR, JSON and query.
 */
public interface AwsService {

    /**
     * The facts of a service that its protocols need, from its API model.
     *
     * @param target the part of {@code X-Amz-Target} before the dot, and the service in the path of RPC v2
     * @param version the value of {@code Version} in the query protocol
     * @param xmlNamespace of responses in the query protocol
     * @param shapeNamespace of the errors in {@code __type}; empty if the service writes their names alone
     * @param signingName the service in the scope of credentials: {@code monitoring}
     */
    record Names(String target, String version, String xmlNamespace, String shapeNamespace, String signingName) {}

    Names names();

    /**
     * Answers a request. It runs on a virtual thread of its own, and may block.
     *
     * @return the members of the response
     * @throws ServiceException if the service refuses the request
     */
    Document.Structure answer(ServiceRequest request);
}
