package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;

import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.Collection;
import java.util.List;

/**
 * The wording of each message about expressions, as the service words it. A fault of one expression is worded for its
 * parameter ({@link #in}); a fault of the placeholders of a request, or a fault of an update that only its item can
 * show, belongs to no parameter.
 */
public final class ExpressionErrors {
    /** The type shown for an operand that can have any. */
    private static final String ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

    private final String prefix;

    private ExpressionErrors(String prefix) {
        this.prefix = prefix;
    }

    /** The messages for one parameter, such as {@code FilterExpression}. */
    public static ExpressionErrors in(String parameter) {
        return new ExpressionErrors("Invalid " + parameter + ": ");
    }

    /** The messages for conditions and updates of a statement, which has no parameters. */
    public static ExpressionErrors inStatement() {
        return new ExpressionErrors("");
    }

    private ApiException because(String message) {
        return VALIDATION.because(prefix + message);
    }

    // The text

    public ApiException empty() {
        return because("The expression can not be empty;");
    }

    public ApiException tooLong() {
        return because("Expression size has exceeded the maximum allowed size;");
    }

    public ApiException tooLong(int size) {
        return because("Expression size has exceeded the maximum allowed size; expression size: " + size);
    }

    public ApiException syntax(String token, String near) {
        return because("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
    }

    public ApiException redundantParentheses() {
        return because("The expression has redundant parentheses;");
    }

    /** The service stops counting at the first operator too many. */
    public ApiException tooManyOperators(int maximum) {
        return because("The expression contains too many operators; operator count: " + (maximum + 1));
    }

    // Names, paths and values

    public ApiException reservedWord(String name) {
        return because("Attribute name is a reserved keyword; reserved keyword: " + name);
    }

    public ApiException listIndexOutOfRange(String digits) {
        return because("List index is not within the allowable range; index: [" + digits + "]");
    }

    public ApiException pathTooDeep(int levels) {
        return because("The document path has too many nesting levels; nesting levels: " + levels);
    }

    public ApiException undefinedName(String alias) {
        return because(
                "An expression attribute name used in the document path is not defined; attribute name: " + alias);
    }

    public ApiException undefinedValue(String alias) {
        return because("An expression attribute value used in expression is not defined; attribute value: " + alias);
    }

    public ApiException overlappingPaths(Path one, Path two) {
        return because(
                "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: "
                        + components(one) + ", path two: " + components(two));
    }

    public ApiException conflictingPaths(Path one, Path two) {
        return because(
                "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: "
                        + components(one) + ", path two: " + components(two));
    }

    // Functions and operators

    public ApiException unknownFunction(String function) {
        return because("Invalid function name; function: " + function);
    }

    public ApiException functionNotAllowedInCondition(String function) {
        return because("The function is not allowed in a condition expression; function: " + function);
    }

    public ApiException functionNotAllowedInUpdate(String function) {
        return because("The function is not allowed in an update expression; function: " + function);
    }

    public ApiException misplacedFunction(String function) {
        return because("The function is not allowed to be used this way in an expression; function: " + function);
    }

    public ApiException operandCount(String operator, int operands) {
        return because("Incorrect number of operands for operator or function; operator or function: " + operator
                + ", number of operands: " + operands);
    }

    public ApiException operandType(String operator, Value.Type type) {
        return operandType(operator, type.name());
    }

    /** An operand that is not a value of the request, where only such a value is allowed. */
    public ApiException operandOfAnyType(String operator) {
        return operandType(operator, ANY_TYPE);
    }

    private ApiException operandType(String operator, String type) {
        return because("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + type);
    }

    public ApiException documentPathRequired(String operator) {
        return because("Operator or function requires a document path; operator or function: " + operator);
    }

    public ApiException operandsNotDistinct(String operator, Path first) {
        return because("The first operand must be distinct from the remaining operands for this operator or function;"
                + " operator: " + operator + ", first operand: " + components(first));
    }

    public ApiException unknownAttributeType(String type) {
        return because(
                "Invalid attribute type name found; type: " + type + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }

    public ApiException tooManyCandidates(int candidates) {
        return because("The IN operator is provided with too many operands; number of operands: " + candidates);
    }

    public ApiException boundsOfDifferentTypes(Value low, Value high) {
        return because("The BETWEEN operator requires same data type for lower and upper bounds;" + bounds(low, high));
    }

    public ApiException boundsInverted(Value low, Value high) {
        return because("The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
                + bounds(low, high));
    }

    private static String bounds(Value low, Value high) {
        return " lower bound operand: " + shown(low) + ", upper bound operand: " + shown(high);
    }

    // Updates

    public ApiException sectionTwice(String section) {
        return because("The \"" + section + "\" section can only be used once in an update expression;");
    }

    /** @param section ADD or DELETE */
    public ApiException sectionOperandType(String section, Value.Type type) {
        return because("Incorrect operand type for operator or function; operator: " + section + ", operand type: "
                + longName(type) + ", typeSet: ALLOWED_FOR_" + section + "_OPERAND");
    }

    /** Depends on the item, as do the three that follow. */
    public static ApiException missingAttribute() {
        return VALIDATION.because("The provided expression refers to an attribute that does not exist in the item");
    }

    public static ApiException operandMismatch() {
        return VALIDATION.because("An operand in the update expression has an incorrect data type");
    }

    public static ApiException unsuitablePath() {
        return VALIDATION.because("The document path provided in the update expression is invalid for update");
    }

    public static ApiException nestedTooDeep() {
        return VALIDATION.because("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
    }

    // Key conditions

    public ApiException notForKeys(String operator) {
        return because("Invalid operator used in KeyConditionExpression: " + operator);
    }

    public ApiException keyConditionNested() {
        return because("KeyConditionExpressions cannot contain nested operations");
    }

    public ApiException keyConditionOnNestedAttribute() {
        return because("KeyConditionExpressions cannot have conditions on nested attributes");
    }

    public ApiException keyConditionTwice() {
        return because("KeyConditionExpressions must only contain one condition per key");
    }

    public ApiException severalAttributesInKeyCondition() {
        return because("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    public ApiException noAttributeInKeyCondition() {
        return because("Invalid condition in KeyConditionExpression: No key attribute specified");
    }

    public ApiException keyAttributeNotFirst(String operator) {
        return because("Invalid condition in KeyConditionExpression: " + operator
                + " operator must have the key attribute as its first operand");
    }

    public static ApiException missedKeyElement(String attribute) {
        return VALIDATION.because("Query condition missed key schema element: " + attribute);
    }

    public static ApiException keyConditionNotSupported() {
        return VALIDATION.because("Query key condition not supported");
    }

    public static ApiException keyConditionType() {
        return VALIDATION.because(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
    }

    public static ApiException emptyKeyValue(String attribute, Value.Type type) {
        return VALIDATION.because("One or more parameter values are not valid. The AttributeValue for a key attribute "
                + "cannot contain an empty " + (type == Value.Type.B ? "binary" : "string") + " value. Key: "
                + attribute);
    }

    public static ApiException sortKeyTooLong(int maximum) {
        return VALIDATION.because("One or more parameter values were invalid: "
                + "Aggregated size of all range keys has exceeded the size limit of " + maximum + " bytes");
    }

    /** A path leads through a key attribute; the binder of an expression does not know which attributes are keys. */
    public static ApiException pathInsideKey(String attribute) {
        return pathInside("Key", attribute);
    }

    public static ApiException pathInsideIndexKey(String attribute) {
        return pathInside("IndexKey", attribute);
    }

    private static ApiException pathInside(String key, String attribute) {
        return VALIDATION.because("Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                + " allowed: " + key + ": " + attribute);
    }

    public static ApiException tooManyKeyConditions(int conditions, int attributes) {
        return VALIDATION.because("The number of query conditions (" + conditions
                + ") exceeds the number of key attributes defined in the schema (" + attributes + ")");
    }

    public static ApiException partitionKeyUnequal(List<String> unequal) {
        return VALIDATION.because("HASH key attributes " + String.join(", ", unequal)
                + " must have equality conditions specified in the query");
    }

    public static ApiException sortKeyGap(List<String> unequal, String conditioned) {
        return VALIDATION.because("RANGE key attributes " + String.join(", ", unequal)
                + " must have equality conditions specified in the query because a condition is present on key attribute "
                + conditioned);
    }

    // Placeholders

    /** @param member ExpressionAttributeNames or ExpressionAttributeValues, here and below */
    public static ApiException withoutExpressions(String member) {
        return VALIDATION.because(member + " can only be specified when using expressions");
    }

    public static ApiException emptyPlaceholders(String member) {
        return VALIDATION.because(member + " must not be empty");
    }

    public static ApiException malformedPlaceholder(String member, String key) {
        return VALIDATION.because(member + " contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    public static ApiException placeholderTooLong(String member, int size) {
        return VALIDATION.because(member
                + " contains invalid key: The expression attribute map contains a key that is too long; size of key: "
                + size);
    }

    public static ApiException emptyAttributeName(String member, String key) {
        return VALIDATION.because(member + " contains invalid value: Empty attribute name for key " + key);
    }

    public static ApiException attributeNameTooLong(String member, String key) {
        return VALIDATION.because(member
                + " contains invalid value: Attribute name is too large, must be less than 65536 bytes for key " + key);
    }

    public static ApiException placeholdersTooLarge(String member) {
        return VALIDATION.because(member + " exceeds max size");
    }

    public static ApiException unusedPlaceholders(String member, Collection<String> keys) {
        return VALIDATION.because(
                "Value provided in " + member + " unused in expressions: keys: {" + String.join(", ", keys) + "}");
    }

    /** A path as messages show it: {@code [a, b, [0]]}. */
    private static String components(Path path) {
        var shown = new StringBuilder("[").append(path.root());
        for (Path.Step step : path.steps()) {
            shown.append(", ");
            switch (step) {
                case Path.Field(String name) -> shown.append(name);
                case Path.Index(int index) -> shown.append('[').append(index).append(']');
            }
        }
        return shown.append(']').toString();
    }

    /** A bound as the service shows it; a binary one shows its Java buffer and not its content. */
    private static String shown(Value bound) {
        return switch (bound) {
            case Value.S(var text) -> "AttributeValue: {S:" + text + "}";
            case Value.N(var number) -> "AttributeValue: {N:" + number + "}";
            case Value.B(var bytes) ->
                "AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=" + bytes.length() + " cap=" + bytes.length()
                        + "]}";
            case Value.Bool _, Value.Null _, Value.SS _, Value.NS _, Value.BS _, Value.L _, Value.M _ ->
                throw new IllegalStateException("type=" + bound.type());
        };
    }

    /** The service's names of the types in sections of updates, and in legacy updates. */
    static String longName(Value.Type type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "NUMBER";
            case B -> "BINARY";
            case SS -> "STRING_SET";
            case NS -> "NUMBER_SET";
            case BS -> "BINARY_SET";
            case BOOL -> "BOOLEAN";
            case NULL -> "NULL";
            case L -> "LIST";
            case M -> "MAP";
        };
    }
}
