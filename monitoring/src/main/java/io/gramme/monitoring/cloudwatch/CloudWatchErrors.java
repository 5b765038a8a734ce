package io.gramme.monitoring.cloudwatch;

import io.gramme.api.service.ServiceException;

/**
 * The errors of CloudWatch. The names are those of its API model; the texts are known from reports of its users where
 * that is said, and otherwise ours.
 */
final class CloudWatchErrors {
    private static final int BAD_REQUEST = 400;
    private static final int LONGEST_NAME = 100;

    private CloudWatchErrors() {}

    /** Known text. */
    static ServiceException missing(String parameter) {
        return new ServiceException(
                "MissingRequiredParameterException",
                "MissingParameter",
                BAD_REQUEST,
                "The parameter " + parameter + " is required.");
    }

    static ServiceException invalid(String text) {
        return new ServiceException("InvalidParameterValueException", "InvalidParameterValue", BAD_REQUEST, text);
    }

    static ServiceException combination(String text) {
        return new ServiceException(
                "InvalidParameterCombinationException", "InvalidParameterCombination", BAD_REQUEST, text);
    }

    /** For faults that GetMetricData has no error of its own for. */
    static ServiceException validation(String text) {
        return ServiceException.common("ValidationError", BAD_REQUEST, text);
    }

    static ServiceException nextToken() {
        return new ServiceException(
                "InvalidNextToken", "InvalidNextToken", BAD_REQUEST, "The parameter NextToken is invalid.");
    }

    /** Known text. */
    static ServiceException tooManyDatapoints(long requested, long limit) {
        return combination("You have requested up to " + requested + " datapoints, which exceeds the limit of " + limit
                + ". You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
    }

    static ServiceException operationNotServed(String operation) {
        String shown = operation.length() > LONGEST_NAME ? operation.substring(0, LONGEST_NAME) : operation;
        return ServiceException.unknownOperation("Gramme does not serve the operation " + shown
                + " of CloudWatch; it serves ListMetrics, GetMetricStatistics and GetMetricData.");
    }
}
