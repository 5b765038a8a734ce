package io.gramme.consistency.workload;

import tools.jackson.databind.JsonNode;

/** The database to which the clients of a workload send their requests. Safe for use by many threads. */
public interface Database {

    /** @param request JSON, in which quotes may be single, or missing around names */
    Answer call(String operation, String request);

    /** For a request that cannot be refused; it is sent until it is answered. */
    default JsonNode mustDo(String operation, String request) {
        while (true) {
            switch (call(operation, request)) {
                case Answer.Done(var body) -> {
                    return body;
                }
                case Answer.Refused refused -> {
                    if (!refused.isConflict()) {
                        throw new AssertionError(operation + " " + request + " was refused: " + refused.body());
                    }
                }
                case Answer.Lost _ -> {
                    // Sent again: no server stays down for ever.
                }
            }
        }
    }

    /** Creates a table, and returns when it can be used. */
    default void createTable(String name, String request) {
        Answer answer;
        do {
            answer = call("CreateTable", request);
        } while (answer instanceof Answer.Lost);
        if (answer instanceof Answer.Refused refused && !refused.error().equals("ResourceInUseException")) {
            throw new AssertionError("CreateTable " + request + " was refused: " + refused.body());
        }
        String status;
        do {
            JsonNode table = mustDo("DescribeTable", "{TableName: '" + name + "'}");
            status = table.path("Table").path("TableStatus").asString();
        } while (!status.equals("ACTIVE"));
    }
}
