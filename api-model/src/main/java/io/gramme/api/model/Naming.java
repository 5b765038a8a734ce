package io.gramme.api.model;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Converts the model's names to Java names. */
final class Naming {
    /** Names that a record component must not have. */
    private static final Set<String> TAKEN =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private Naming() {}

    /**
     * {@code TableName} to tableName, {@code SSESpecification} to sseSpecification, {@code KMSMasterKeyId} to
     * kmsMasterKeyId.
     */
    static String component(String member) {
        int capitals = 0;
        while (capitals < member.length() && Character.isUpperCase(member.charAt(capitals))) {
            capitals++;
        }
        // The last of several capitals begins the next word, unless it is at the end or a digit follows it.
        boolean wordFollows =
                capitals > 1 && capitals < member.length() && Character.isLowerCase(member.charAt(capitals));
        int lowered = wordFollows ? capitals - 1 : capitals;
        String name = member.substring(0, lowered).toLowerCase(Locale.ROOT) + member.substring(lowered);
        return TAKEN.contains(name) || SourceVersion.isKeyword(name) ? name + "_" : name;
    }

    /**
     * The name of an enum value with an underscore for each character that Java names cannot have:
     * {@code dynamodb:table:ReadCapacityUnits} to dynamodb_table_ReadCapacityUnits.
     */
    static String enumConstant(String value) {
        return value.replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** {@code BatchGetItem} to BATCH_GET_ITEM. */
    static String constant(String operation) {
        return operation.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
