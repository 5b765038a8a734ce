package io.gramme.tables.table;

/**
 * One account in one region: the namespace of tables that a request addresses. It knows nothing of other namespaces.
 */
public record AccountRegion(String account, String region) {
    public String tableArn(String table) {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + table;
    }
}
