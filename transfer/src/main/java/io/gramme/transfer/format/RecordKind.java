package io.gramme.transfer.format;

/** What each record of an object is. */
public enum RecordKind {
    /** An item, as ImportTable reads it. */
    ITEM,
    /**
     * An item that may have a condition, as StartBulkPutItems reads it: beside {@code Item}, the members
     * ConditionExpression, ExpressionAttributeNames and ExpressionAttributeValues of PutItem. The names are inferred.
     */
    PUT
}
