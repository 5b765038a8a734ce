package io.gramme.tables.access;

/** What a request does with items, as policies name it. Requests of several items have the action of each. */
public enum Action {
    GET_ITEM("GetItem"),
    BATCH_GET_ITEM("BatchGetItem"),
    QUERY("Query"),
    SCAN("Scan"),
    PUT_ITEM("PutItem"),
    UPDATE_ITEM("UpdateItem"),
    DELETE_ITEM("DeleteItem"),
    BATCH_WRITE_ITEM("BatchWriteItem"),
    CONDITION_CHECK_ITEM("ConditionCheckItem"),
    PARTIQL_SELECT("PartiQLSelect"),
    PARTIQL_INSERT("PartiQLInsert"),
    PARTIQL_UPDATE("PartiQLUpdate"),
    PARTIQL_DELETE("PartiQLDelete");

    private final String name;

    Action(String name) {
        this.name = name;
    }

    /** The name in policies. */
    public String policyName() {
        return "dynamodb:" + name;
    }
}
