package io.gramme.benchmark;

/**
 * The table of items of one size: 100 partitions of 10 items. Writes replace its items by different ones of the same
 * size, so that every workload meets the same table however long the one before it ran.
 *
 * @param itemBytes the size of an item, as the service counts it
 */
record Dataset(int itemBytes) {
    static final int PARTITION_ITEMS = 10;
    static final int ITEMS = 100 * PARTITION_ITEMS;

    /**
     * The size without the stamp and the filling: p and s with their values, n with its first value, and the name d.
     */
    private static final int FIXED_BYTES = 15;

    Dataset {
        int least = FIXED_BYTES + Request.STAMP.length();
        if (itemBytes <= least) {
            throw new IllegalArgumentException("An item has more than " + least + " bytes, not " + itemBytes);
        }
    }

    String table() {
        return "items-of-" + itemBytes;
    }

    String definition() {
        return """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",\
                "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},\
                {"AttributeName":"s","AttributeType":"S"}],\
                "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]}\
                """.formatted(table());
    }

    static String partition(int index) {
        return "{\"S\":\"p%04d\"}".formatted(index / PARTITION_ITEMS);
    }

    static String key(int index) {
        return "{" + keyMembers(index) + "}";
    }

    String item(int index) {
        return "{" + keyMembers(index) + ",\"n\":{\"N\":\"1\"},\"d\":{\"S\":\"" + Request.STAMP + filling() + "}";
    }

    /** The end of every whole item in JSON, independent of its stamp: its presence shows that an item is complete. */
    String filling() {
        return "x".repeat(itemBytes - FIXED_BYTES - Request.STAMP.length()) + "\"}";
    }

    private static String keyMembers(int index) {
        return "\"p\":" + partition(index) + ",\"s\":{\"S\":\"s%03d\"}".formatted(index % PARTITION_ITEMS);
    }
}
