package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;
import static io.gramme.core.error.TableErrors.invalid;
import static io.gramme.core.error.TableErrors.limit;

import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wording of each message about key schemas, attribute definitions and the indexes of a table. */
public final class SchemaErrors {
    private SchemaErrors() {}

    /** @param members paths in the older dialect: {@code keySchema} */
    public static ApiException missing(List<String> members) {
        List<String> violations = members.stream()
                .map(member -> "Value null at '" + member + "' failed to satisfy constraint: Member must not be null")
                .toList();
        return VALIDATION.because(violations.size() + " validation error" + (violations.size() > 1 ? "s" : "")
                + " detected: " + String.join("; ", violations));
    }

    /**
     * A former constraint of the model, which kept its words.
     *
     * @param path in the older dialect: {@code localSecondaryIndexes.1.member.keySchema}
     * @param elements see {@link #keyElement}
     */
    public static ApiException keyTooLong(String path, Collection<String> elements) {
        return VALIDATION.because("1 validation error detected: Value '" + list(elements) + "' at '" + path
                + "' failed to satisfy constraint: Member must have length less than or equal to 2");
    }

    /** An element of a key schema as {@link #keyTooLong} shows it. */
    public static String keyElement(String attribute, String keyType) {
        return "KeySchemaElement(attributeName=" + attribute + ", keyType=" + keyType + ")";
    }

    public static ApiException duplicateDefinition(String attribute) {
        return VALIDATION.because("Attribute Name is duplicated: " + attribute);
    }

    public static ApiException keyWithoutDefinition() {
        return VALIDATION.because("Invalid KeySchema: Some index key attribute have no definition");
    }

    public static ApiException keysNotDefined(Collection<String> keys, Collection<String> definitions) {
        return invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " + list(keys)
                + ", AttributeDefinitions: " + list(definitions));
    }

    public static ApiException definitionsDoNotMatchKey() {
        return invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in "
                + "AttributeDefinitions");
    }

    public static ApiException definitionsNotUsed(Collection<String> definitions, Collection<String> used) {
        return invalid("Some AttributeDefinitions are not used. AttributeDefinitions: " + list(definitions)
                + ", keys used: " + list(used));
    }

    public static ApiException definitionsMissing(String index) {
        return invalid("AttributeDefinitions is not specified for index: " + index);
    }

    public static ApiException sameHashAndRange() {
        return VALIDATION.because("Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }

    public static ApiException repeatedKeyAttribute() {
        return VALIDATION.because("The KeySchema contains multiple key attributes with the same name");
    }

    public static ApiException firstIsNotHash() {
        return VALIDATION.because("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }

    public static ApiException secondIsNotRange() {
        return VALIDATION.because("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    public static ApiException hashAfterRange() {
        return invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }

    /** @param keyType HASH or RANGE */
    public static ApiException tooManyKeyAttributes(String keyType) {
        return invalid("The KeySchema exceeds the maximum allowed number of " + keyType + " key attributes");
    }

    /** @param member {@code LocalSecondaryIndexes}, {@code GlobalSecondaryIndexes} or the updates of the latter */
    public static ApiException emptyList(String member) {
        return invalid("List of " + member + " is empty");
    }

    public static ApiException tableWithoutRangeKey() {
        return invalid("Table KeySchema does not have a range key, which is required when specifying a "
                + "LocalSecondaryIndex");
    }

    public static ApiException indexWithoutRangeKey(String index) {
        return invalid("Index KeySchema does not have a range key for index: " + index);
    }

    public static ApiException otherHashKey(String index, String indexHash, String tableHash) {
        return invalid("Index KeySchema does not have the same leading hash key as table KeySchema for index: " + index
                + ". index hash key: " + indexHash + ", table hash key: " + tableHash);
    }

    public static ApiException duplicateIndex(String index) {
        return invalid("Duplicate index name: " + index);
    }

    public static ApiException tooManyLocalIndexes() {
        return invalid("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    }

    public static ApiException tooManyGlobalIndexes() {
        return invalid("GlobalSecondaryIndex count exceeds the per-table limit of 20");
    }

    /** The same where an index is added to a table that has the maximum number of indexes. */
    public static ApiException tooManyGlobalIndexesInTable() {
        return limit("Number of global secondary indexes exceeds per-table limit of 20");
    }

    public static ApiException unknownProjection() {
        return invalid("Unknown ProjectionType: null");
    }

    public static ApiException projectionWithoutAttributes() {
        return invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }

    public static ApiException projectionWithAttributes(String type) {
        return invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
    }

    public static ApiException duplicateNonKeyAttribute(String attribute) {
        return invalid("Duplicate element in NonKeyAttributes: " + attribute);
    }

    /** What the service says here is not published. */
    public static ApiException tooManyNonKeyAttributes() {
        return invalid("Number of NonKeyAttributes exceeds the per-table limit of 100");
    }

    public static ApiException noIndexAction() {
        return invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                + "GlobalSecondaryIndexUpdate.Delete must not be null");
    }

    public static ApiException severalIndexActions() {
        return invalid("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    }

    public static ApiException indexUpdatedTwice(String index) {
        return invalid("Only one global secondary index update per index is allowed simultaneously. Index: " + index);
    }

    public static ApiException indexExists() {
        return VALIDATION.because("Attempting to create an index which already exists");
    }

    /** @param action as the service words it: {@code delete}, {@code update} */
    public static ApiException notAGlobalIndex(String action, String index) {
        return VALIDATION.because("Cannot " + action + " an index that is not a GlobalSecondaryIndex: " + index);
    }

    /** An attribute of a new index's key has another type in an existing key. */
    public static ApiException attributeRedefined(KeySchema existing, KeySchema added) {
        return invalid(
                "Attributes cannot be redefined. Please check that your attribute has the same type as previously"
                        + " defined. Existing schema: " + schema(existing) + " New schema: " + schema(added));
    }

    private static String schema(KeySchema key) {
        String elements = Stream.concat(
                        key.partition().stream().map(attribute -> element(attribute, "HASH")),
                        key.sort().stream().map(attribute -> element(attribute, "RANGE")))
                .collect(Collectors.joining(", "));
        return "Schema:[" + elements + "]";
    }

    private static String element(KeyAttribute attribute, String keyType) {
        return "SchemaElement: key{" + attribute.name() + ":" + attribute.type() + ":" + keyType + "}";
    }

    private static String list(Collection<String> names) {
        return "[" + String.join(", ", names) + "]";
    }
}
