package io.gramme.server.table;

/** One account in one region: a world of tables of its own, which knows nothing of any other. */
public record AccountRegion(String account, String region) {
    public String tableArn(String table) {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + table;
    }
}
