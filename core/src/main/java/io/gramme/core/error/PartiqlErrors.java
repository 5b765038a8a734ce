package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.DUPLICATE_ITEM;
import static io.gramme.core.error.ErrorCode.VALIDATION;

import io.gramme.core.item.Value;

/**
 * The wording of each message about PartiQL statements. Captured from the service: those about paths and functions with
 * their positions, about numbers and sets under a root, about aliases, bags, RETURNING, indexes and transactions. The
 * others are not captured from the service; they follow the pattern of the captured ones. A text that is not well
 * formed is refused in the words of the public reference implementation of PartiQL, as the two captured ones are.
 *
 * <p>A position in a message is {@code line:column:length} of a token.
 */
public final class PartiqlErrors {
    private static final String IN_A_TRANSACTION = "Validation failed in TransactStatements[";

    private PartiqlErrors() {}

    private static ApiException at(String message, String at) {
        return VALIDATION.because(message + " at " + at);
    }

    // The text

    /** @param what the fault, in the parser's words */
    public static ApiException malformed(String what) {
        return VALIDATION.because("Statement wasn't well formed, can't be processed: " + what);
    }

    /** Some character belongs to no token, or the text is empty. */
    public static ApiException unreadable() {
        return malformed("");
    }

    public static ApiException unsupportedOperation(String operation) {
        return VALIDATION.because("Unsupported operation: " + operation);
    }

    public static ApiException unsupportedClause(String clause) {
        return VALIDATION.because("Unsupported clause: " + clause);
    }

    public static ApiException unsupportedToken(String token) {
        return VALIDATION.because("Unsupported token in expression: " + token);
    }

    public static ApiException unsupportedToken(String token, String at) {
        return at("Unsupported token in expression: " + token, at);
    }

    public static ApiException aliasing() {
        return VALIDATION.because("Aliasing is not supported");
    }

    public static ApiException selectValue() {
        return VALIDATION.because("Select projection doesn't support value or pivot keywords");
    }

    public static ApiException severalSources() {
        return VALIDATION.because("Only select from a single table or index is supported.");
    }

    public static ApiException insertPosition(String at) {
        return at("AT is not supported in insert statements.", at);
    }

    public static ApiException returningAfterInsert() {
        return VALIDATION.because("RETURNING is not supported in INSERT");
    }

    public static ApiException returningNotAll() {
        return VALIDATION.because("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
    }

    public static ApiException returningTwice() {
        return VALIDATION.because("Invalid syntax with multiple returning elements in RETURNING clause");
    }

    /** @param words as {@code MODIFIED NEW} */
    public static ApiException returningNotForDelete(String words) {
        return VALIDATION.because("Invalid returning clause: RETURNING " + words
                + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }

    // Tables, paths and columns

    public static ApiException unexpectedSource() {
        return VALIDATION.because("Unexpected from source");
    }

    public static ApiException sourceInBrackets() {
        return VALIDATION.because("Invalid list expression in source.");
    }

    public static ApiException sourceTooLong() {
        return VALIDATION.because("A path may contain at most 2 components in the FROM clause");
    }

    public static ApiException invalidName() {
        return VALIDATION.because("Table name should be within the length [3, 255] and only contain"
                + " 'a-z', 'A-Z', '0-9', '-', '_', '.'.");
    }

    public static ApiException writesIndex() {
        return VALIDATION.because("This operation is not supported on an index");
    }

    public static ApiException insertsIntoPath() {
        return VALIDATION.because("FROM clause may only contain a single table name in data manipulation statements");
    }

    public static ApiException unexpectedPathComponent(String at) {
        return at("Unexpected path component", at);
    }

    public static ApiException emptyPathComponent() {
        return VALIDATION.because("Path component cannot be an empty string");
    }

    public static ApiException wildcardInPath(String at) {
        return at("Wildcard path component like a[*].b are not supported", at);
    }

    public static ApiException unpivotInPath(String at) {
        return at("Unpivot path component like a.*.b are not supported", at);
    }

    public static ApiException listIndexOutOfRange(String digits, String at) {
        return at("List index is not within the allowable range; index: [" + digits + "]", at);
    }

    public static ApiException unpivotedColumns() {
        return VALIDATION.because("Changing item's hierarchy while reading isn't supported");
    }

    public static ApiException duplicateColumn(String name) {
        return VALIDATION.because("Duplicate identifiers in select clause: " + name);
    }

    // Values

    /** @param fault of a number or a set, without its position */
    public static ApiException under(ApiException fault, String root) {
        return VALIDATION.because(fault.text() + " under " + root);
    }

    public static ApiException unsupportedValue(String what, String root, String at) {
        return at("Unsupported data type: " + what + " under key " + root, at);
    }

    public static ApiException ionLiteral(String type, String root, String at) {
        return at("Ion Literals are not supported: " + type + " under key " + root, at);
    }

    /** The service gives no position here. */
    public static ApiException emptyBag() {
        return VALIDATION.because("Empty bags are not supported");
    }

    public static ApiException unsupportedMember(String at) {
        return at("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags", at);
    }

    public static ApiException mixedBag() {
        return VALIDATION.because(
                "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
    }

    /** @param members as {@code [x, x]} */
    public static ApiException duplicateStrings(String members) {
        return VALIDATION.because(
                "One or more parameter values were invalid: Input collection " + members + " contains duplicates.");
    }

    /** Captured from operations that word the duplicates of strings in the same way. */
    public static ApiException duplicateNumbers() {
        return VALIDATION.because("Input collection contains duplicates");
    }

    public static ApiException keyOfTupleNoString(String type, String root, String at) {
        return at("Tuple keys must be of type String. Actual type: " + type + " under " + root, at);
    }

    public static ApiException duplicateKeyOfTuple(String key, String root, String at) {
        return at("Duplicate keys in tuple. Key: " + key + " under " + root, at);
    }

    public static ApiException itemNoTuple(String at) {
        return at(
                "Unsupported format in item expression. Please use struct format {...} to express item values for"
                        + " insert statement.",
                at);
    }

    public static ApiException parametersMismatch() {
        return VALIDATION.because("Number of parameters in request and statement don't match.");
    }

    // Conditions and updates

    public static ApiException whereNoCondition() {
        return VALIDATION.because("WHERE clause must contain an expression that resolves to a boolean");
    }

    public static ApiException operandNoCondition() {
        return VALIDATION.because("The arguments to AND/OR must be Expressions");
    }

    public static ApiException negatesNoCondition() {
        return VALIDATION.because("The argument to NOT must be a Type or Expression");
    }

    public static ApiException unknownFunction(String function, String at) {
        return at("Unrecognized function: " + function, at);
    }

    public static ApiException operatorInCondition(String operator) {
        return VALIDATION.because("Unsupported operator in Condition Expression. Operator: " + operator);
    }

    public static ApiException operatorInUpdate(String operator) {
        return VALIDATION.because("Unsupported operator in Update Expression. Operator: " + operator);
    }

    public static ApiException missingCompared() {
        return VALIDATION.because("MISSING must be compared using IS operator");
    }

    public static ApiException isOfNoAttribute() {
        return VALIDATION.because("The left hand side argument to IS must be a Variable Reference, Literal, or Path");
    }

    public static ApiException unsupportedTypeName(String type, String at) {
        return at(
                "Unsupported data type for IS operator: " + type + ". Supported data types are"
                        + " [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]",
                at);
    }

    public static ApiException candidatesNoSequence() {
        return VALIDATION.because("IN operator must have a left hand argument of type Variable Reference"
                + " and right hand argument of type Seq with at least one member");
    }

    /** @param function SET_ADD or SET_DELETE, here and below */
    public static ApiException setFunctionOperands(String function, String at) {
        return at(function + " must have exactly two arguments", at);
    }

    public static ApiException setFunctionTarget(String function, String at) {
        return at("The first argument to " + function + " must equal the assignment value", at);
    }

    public static ApiException setFunctionType(String function, String at) {
        return at("The second argument to " + function + " must be a value with type SET", at);
    }

    // Keys

    /** Seen in two regions, for indexes; the words speak of tables. */
    public static ApiException multiAttributeKey() {
        return VALIDATION.because("PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
                + " multi-attribute RANGE keys.");
    }

    public static ApiException overlappingConditions() {
        return VALIDATION.because("Overlapping conditions with range keys are not supported in where clause");
    }

    public static ApiException noKey() {
        return VALIDATION.because("Where clause does not contain a mandatory equality on all key attributes");
    }

    public static ApiException keyTwice(String attribute) {
        return VALIDATION.because("Multiple conditions on same key " + attribute
                + ". Only single item Update/Insert/Delete are supported");
    }

    public static ApiException keyNoScalar(String attribute, Value.Type type) {
        return VALIDATION.because(
                "Key value must be of type S, N, or B. Key name: " + attribute + ", Key type: " + type);
    }

    public static ApiException keyType(String attribute) {
        return VALIDATION.because(
                "Key attribute's data type should match its data type in table's schema: Key " + attribute);
    }

    public static ApiException keyMissing(String attribute) {
        return VALIDATION.because("Key attribute should be present in the item: Key " + attribute);
    }

    public static ApiException duplicateItem() {
        return DUPLICATE_ITEM.because("Duplicate primary key exists in table");
    }

    // Reading

    public static ApiException orderWithoutWhere() {
        return VALIDATION.because("Must have WHERE clause in the statement when using ORDER BY clause.");
    }

    public static ApiException orderWithoutHashKey() {
        return VALIDATION.because(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
    }

    public static ApiException orderByNoKey(String attribute) {
        return VALIDATION.because(
                "Variable reference " + attribute + " in ORDER BY clause must be part of the primary key");
    }

    /** @param what as {@code PATH} */
    public static ApiException orderByNoAttribute(String what) {
        return VALIDATION.because("Argument to ORDER BY must be of type VariableReference. Type: " + what);
    }

    /** Captured without the index's name, which Query includes. */
    public static ApiException noSuchIndex() {
        return VALIDATION.because("The table does not have the specified index");
    }

    public static ApiException consistentReadOfGlobalIndex() {
        return VALIDATION.because("Strongly consistent read is not supported on Global Secondary Indexes");
    }

    public static ApiException invalidNextToken() {
        return VALIDATION.because("Invalid NextToken");
    }

    public static ApiException foreignNextToken() {
        return VALIDATION.because("NextToken does not match request");
    }

    // Several statements

    public static ApiException noSingleItem() {
        return VALIDATION.because("Only single item select is supported");
    }

    public static ApiException selectInBatchWithoutKey() {
        return VALIDATION.because(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.");
    }

    public static ApiException mixedBatch() {
        return VALIDATION.because("Read and write requests together in the same batch is not supported.");
    }

    public static ApiException mixedTransaction() {
        return VALIDATION.because(
                "ExecuteTransaction API does not support both read and write operations in the same request.");
    }

    public static ApiException existsOutsideTransaction() {
        return VALIDATION.because("EXISTS can only be used in ExecuteTransaction write requests.");
    }

    public static ApiException existsWithoutCondition() {
        return VALIDATION.because("EXISTS() must contain a single item read with additional condition");
    }

    public static ApiException returningInTransaction() {
        return VALIDATION.because("RETURNING clause is not supported in ExecuteTransaction.");
    }

    public static ApiException indexInTransaction() {
        return VALIDATION.because("Reads on indices are not supported within transactions.");
    }

    public static ApiException existsOfIndex() {
        return VALIDATION.because("Operations on indices are not supported in transactions");
    }

    public static ApiException selectInTransactionWithoutKey() {
        return VALIDATION.because(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }

    /**
     * A fault of one statement of a transaction that does not depend on the items: the whole request fails with it,
     * instead of being cancelled.
     */
    public static ApiException inTransaction(ApiException fault, int statement) {
        return fault.prefixed(IN_A_TRANSACTION + statement + "]: ").ofWholeRequest();
    }
}
