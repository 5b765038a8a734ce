package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about Contributor Insights. */
public final class InsightsErrors {
    /** The description in an answer, of insights that failed. Ours: the service's was not captured. */
    public static final String TOO_MANY_RULES =
            "There are too many Contributor Insights rules in this region: the limit is 100";

    private InsightsErrors() {}

    public static ApiException tableNotActive() {
        return VALIDATION.because("TableStatus must be ACTIVE");
    }

    public static ApiException indexNotActive() {
        return VALIDATION.because("IndexStatus must be ACTIVE");
    }

    /** Ours: the service's was not captured. */
    public static ApiException invalidToken() {
        return VALIDATION.because("Invalid NextToken");
    }

    /** Ours: the range is in the documentation, and not in the model. */
    public static ApiException tooFewResults(int given) {
        return VALIDATION.because("1 validation error detected: Value '" + given
                + "' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1");
    }

    /** Ours, as the operation is. */
    public static ApiException notEnabled(String resource) {
        return VALIDATION.because("Keys of " + resource + " are not counted: enable Contributor Insights by"
                + " UpdateContributorInsights");
    }
}
