package io.gramme.benchmark;

import java.util.Arrays;
import java.util.List;

/** The log and the readers of a table under writes. */
enum Followed {
    /** The table has no stream, and so no log. */
    NONE("none", "", 0),
    /** A stream without readers that logs the least there is: keys. */
    KEYS("keys", "KEYS_ONLY", 0),
    /** A stream without readers that logs the most there is: both images. */
    IMAGES("images", "NEW_AND_OLD_IMAGES", 0),
    /** The same stream, read while it is written. */
    READERS("readers", "NEW_AND_OLD_IMAGES", 3);

    private final String label;
    private final String view;
    private final int readers;

    Followed(String label, String view, int readers) {
        this.label = label;
        this.view = view;
        this.readers = readers;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Followed::label).toList();
    }

    static Followed of(String label) {
        return Arrays.stream(values())
                .filter(one -> one.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label + " is not one of " + labels()));
    }

    String label() {
        return label;
    }

    int readers() {
        return readers;
    }

    String tableDefinition(String table) {
        String stream = view.isEmpty()
                ? ""
                : ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"%s\"}".formatted(view);
        return """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",\
                "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],\
                "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]%s}""".formatted(table, stream);
    }
}
