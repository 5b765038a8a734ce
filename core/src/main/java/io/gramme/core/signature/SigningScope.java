package io.gramme.core.signature;

/**
 * What a signing key is good for: one day, one region, one service.
 *
 * @param date {@code yyyyMMdd}
 * @param service by its signing name: {@code dynamodb}
 */
public record SigningScope(String date, String region, String service) {
    public static final String ALGORITHM = "AWS4-HMAC-SHA256";
    public static final String TERMINATOR = "aws4_request";

    public String text() {
        return date + "/" + region + "/" + service + "/" + TERMINATOR;
    }

    /** @param time of the signature, in the form of {@link SigningTime} */
    public String stringToSign(String time, CanonicalRequest request) {
        return ALGORITHM + "\n" + time + "\n" + text() + "\n" + request.hash();
    }
}
