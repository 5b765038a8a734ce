package io.gramme.api.service;

/** An error response of an {@link AwsService}. It is an expected outcome, so it carries no stack trace. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String shape;
    private final String code;
    private final int status;
    private final String text;

    /**
     * @param shape the name of the error in the API model: {@code InvalidParameterValueException}
     * @param code its name in the query protocol: {@code InvalidParameterValue}
     * @param status below 500 if the caller is at fault
     */
    public ServiceException(String shape, String code, int status, String text) {
        super(text, null, false, false);
        this.shape = shape;
        this.code = code;
        this.status = status;
        this.text = text;
    }

    /** An error that all services have, whose name is the same everywhere. */
    public static ServiceException common(String name, int status, String text) {
        return new ServiceException(name, name, status, text);
    }

    /** For a value that is not of the type of its member. */
    public static ServiceException malformed(String text) {
        return new ServiceException("SerializationException", "MalformedInput", 400, text);
    }

    /** For an operation that this server does not have. */
    public static ServiceException unknownOperation(String text) {
        return new ServiceException("UnknownOperationException", "InvalidAction", 400, text);
    }

    public String shape() {
        return shape;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String text() {
        return text;
    }

    public boolean isOfCaller() {
        return status < 500;
    }
}
