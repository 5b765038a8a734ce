package io.gramme.core.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementRefusalTest {
    private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";

    @ParameterizedTest
    @MethodSource
    void aTextThatIsNoStatementIsNotWellFormed(Refusal refusal) {
        assertThat(Refusal.of(refusal.statement())).isEqualTo(MALFORMED + refusal.words());
    }

    static Stream<Refusal> aTextThatIsNoStatementIsNotWellFormed() {
        return Refusal.table("""
                SELECT a. FROM tab                          -> Invalid path dot component
                SELECT a.date FROM tab                      -> Invalid path dot component
                SELECT a[1].* FROM tab                      -> Cannot use [] and * together in SELECT list expression
                SELECT a[*] FROM tab                        -> Invalid use of * in select list
                SELECT date FROM tab                        -> Unexpected keyword
                SELECT a                                    -> Expected FROM after SELECT list
                SELECT * FROM                               -> Unexpected term
                SELECT * FROM tab WHERE                     -> Unexpected term
                SELECT * FROM tab WHERE a =                 -> Missing right-hand side expression of infix operator
                SELECT * FROM tab WHERE a = 1 AND           -> Missing right-hand side expression of infix operator
                SELECT * FROM tab WHERE a == 1              -> Unexpected operator
                SELECT * FROM tab WHERE (a = 1              -> Expected RIGHT_PAREN
                SELECT * FROM tab WHERE a IS 1              -> Expected type name
                SELECT * FROM tab WHERE a IS "int4"         -> Expected type name
                SELECT * FROM tab WHERE IS NULL             -> Unexpected operator
                SELECT * FROM tab WHERE IN (1)              -> Unexpected operator
                SELECT * FROM tab WHERE AND a = 1           -> Unexpected operator
                SELECT * FROM tab WHERE NOT BETWEEN 1 AND 2 -> Unexpected operator
                SELECT * FROM tab WHERE a = LIKE            -> Unexpected operator
                SELECT * FROM tab WHERE a = OR b = 1        -> Unexpected operator
                UPDATE tab SET a = IS                       -> Unexpected operator
                SELECT * FROM tab WHERE a = [1              -> Expected RIGHT_BRACKET
                SELECT * FROM tab WHERE a = <<1             -> Expected RIGHT_DOUBLE_ANGLE_BRACKET
                SELECT * FROM tab WHERE a = {'b' 1}         -> Expected COLON
                SELECT * FROM tab WHERE a = 1 b             -> Unexpected token after expression
                SELECT * FROM tab b c                       -> Unexpected token after expression
                SELECT * FROM tab; SELECT * FROM tab        -> Unexpected token after semicolon. (Only one query is allowed.)
                bogus words                                 -> Unexpected token after expression
                UPDATE tab                                  -> Expected data manipulation
                UPDATE a-b SET c = 1                        -> Expected data manipulation
                UPDATE tab SET a = 1 REMOVE b, c            -> Unexpected token after expression
                UPDATE tab SET                              -> Expected identifier for simple path
                UPDATE tab SET a                            -> Expected '='
                UPDATE tab SET a[*] = 1                     -> Invalid path component for simple path
                UPDATE                                      -> Expected identifier for simple path
                DELETE tab                                  -> Expected FROM after DELETE
                DELETE FROM tab RETURNING *                 -> Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.
                """);
    }

    @Test
    void whatHasNoTokensOrBrokenOnesIsNotWellFormedEither() {
        for (String text : List.of(
                "",
                "  ",
                "-- a comment",
                "SELECT * FROM tab WHERE a = 'b",
                "SELECT * FROM \"tab",
                "SELECT * FROM tab WHERE a = 0x1",
                "SELECT * FROM tab WHERE a = 1e",
                "SELECT * FROM tab WHERE a = 1e2147483648",
                "SELECT * FROM tab WHERE a = 1e-2147483648",
                "SELECT * FROM tab WHERE a = 1E99999999999999999999",
                "SELECT * FROM tab WHERE a = `b",
                "SELECT * FROM tab /* not ended",
                "SELECT # FROM tab")) {
            assertThat(Refusal.of(text)).as(text).isEqualTo(MALFORMED);
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatIsWellFormedAndNotSupportedIsTold(Refusal refusal) {
        assertThat(Refusal.of(refusal.statement())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> whatIsWellFormedAndNotSupportedIsTold() {
        return Refusal.table("""
                SELECT COUNT(*) FROM tab                    -> Unexpected path component at 1:8:5
                SELECT attribute_exists(a) FROM tab         -> Unexpected path component at 1:8:16
                SELECT a + 1 FROM tab                       -> Unexpected path component at 1:10:1
                SELECT 'a' FROM tab                         -> Unexpected path component at 1:8:3
                SELECT a[?] FROM tab                        -> Unexpected path component at 1:10:1
                SELECT a.b[1.5] FROM tab                    -> Unexpected path component at 1:12:3
                SELECT a[-1] FROM tab                       -> List index is not within the allowable range; index: [-1] at 1:11:1
                SELECT a.* FROM tab                         -> Changing item's hierarchy while reading isn't supported
                SELECT a.b, c.b FROM tab                    -> Duplicate identifiers in select clause: b
                SELECT a.b, c[0].b FROM tab                 -> Duplicate identifiers in select clause: b
                SELECT a, a FROM tab                        -> Duplicate identifiers in select clause: a
                SELECT a."" FROM tab                        -> Path component cannot be an empty string
                SELECT a AS b FROM tab                      -> Aliasing is not supported
                SELECT * FROM tab AS t                      -> Aliasing is not supported
                SELECT * FROM tab t                         -> Aliasing is not supported
                UPDATE tab t SET a = 1                      -> Aliasing is not supported
                SELECT VALUE a FROM tab                     -> Select projection doesn't support value or pivot keywords
                SELECT DISTINCT a FROM tab                  -> Unsupported token in expression: DISTINCT
                SELECT * FROM tab GROUP BY a                -> Unsupported clause: GROUP BY
                SELECT * FROM tab LIMIT 2                   -> Unsupported clause: LIMIT at 1:25:1
                SELECT * FROM tab, other                    -> Only select from a single table or index is supported.
                SELECT * FROM a.b.c                         -> A path may contain at most 2 components in the FROM clause
                SELECT * FROM tab[0]                        -> Invalid list expression in source.
                SELECT * FROM 'tab'                         -> Unexpected from source
                SELECT * FROM (SELECT * FROM tab)           -> Unexpected from source
                SELECT * FROM ""                            -> Path component cannot be an empty string
                SELECT * FROM tab.""                        -> Path component cannot be an empty string
                UPDATE "" SET a = 1                         -> Path component cannot be an empty string
                INSERT INTO "" VALUE {'a': 1}               -> Path component cannot be an empty string
                DELETE FROM ""                              -> Path component cannot be an empty string
                SELECT * FROM "t$b"                         -> Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.
                SELECT * FROM tab ORDER BY 1                -> Argument to ORDER BY must be of type VariableReference. Type: 1
                SELECT * FROM tab ORDER BY a.b              -> Argument to ORDER BY must be of type VariableReference. Type: PATH
                DROP TABLE tab                              -> Unsupported operation: DropTable
                CREATE TABLE tab                            -> Unsupported operation: CreateTable
                word                                        -> Unsupported operation: VariableReference
                'word'                                      -> Unsupported operation: Literal
                foo(1)                                      -> EXISTS can only be used in ExecuteTransaction write requests.
                UPDATE tab."index" SET a = 1                -> This operation is not supported on an index
                DELETE FROM tab."index"                     -> This operation is not supported on an index
                INSERT INTO tab."index" VALUE {'a': 1}      -> FROM clause may only contain a single table name in data manipulation statements
                INSERT INTO tab VALUES ('a', 1)             -> Unsupported operation: InsertOp
                INSERT INTO tab <<{'a': 1}>>                -> Unsupported operation: InsertOp
                INSERT INTO tab VALUE {'a': 1} RETURNING ALL OLD * -> RETURNING is not supported in INSERT
                INSERT INTO tab VALUE {'a': 1} AT 1         -> AT is not supported in insert statements. at 1:1:6
                INSERT INTO tab VALUE ?                     -> Unsupported format in item expression. Please use struct format {...} to express item values for insert statement. at 1:23:1
                DELETE FROM tab RETURNING ALL NEW *         -> Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.
                DELETE FROM tab RETURNING MODIFIED OLD *    -> Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.
                DELETE FROM tab RETURNING MODIFIED NEW *    -> Invalid returning clause: RETURNING MODIFIED NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.
                DELETE FROM tab RETURNING ALL OLD a         -> Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause
                DELETE FROM tab RETURNING ALL OLD *, ALL OLD * -> Invalid syntax with multiple returning elements in RETURNING clause
                """);
    }

    @ParameterizedTest
    @MethodSource
    void aLiteralThatIsNoValueIsToldByItsPlaceUnderTheRoot(Refusal refusal) {
        assertThat(Refusal.of("UPDATE tab SET " + refusal.statement())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> aLiteralThatIsNoValueIsToldByItsPlaceUnderTheRoot() {
        return Refusal.table("""
                a = 1e400                 -> Number overflow. Attempting to store a number with magnitude larger than supported range under root
                a = {'x': 1e400}          -> Number overflow. Attempting to store a number with magnitude larger than supported range under root.x
                a = [1, -1e400]           -> Number overflow. Attempting to store a number with magnitude larger than supported range under root[1]
                a = 1e-400                -> Number underflow. Attempting to store a number with magnitude smaller than supported range under root
                a = 123456789012345678901234567890123456789 -> Attempting to store more than 38 significant digits in a Number under root
                a = <<>>                  -> Empty bags are not supported
                a = <<'x', 'x'>>          -> One or more parameter values were invalid: Input collection [x, x] contains duplicates.
                a = <<1, 1.0>>            -> Input collection contains duplicates
                a = <<1, 'x'>>            -> Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags
                a = <<true>>              -> Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags at 1:22:4
                a = `x`                   -> Ion Literals are not supported: SYMBOL under key root at 1:20:3
                a = [`1`]                 -> Ion Literals are not supported: INT under key root[0] at 1:21:3
                a = [b]                   -> Unsupported data type: VariableReference under key root[0] at 1:21:1
                a = {'x': ?}              -> Unsupported data type: Parameter under key root.x at 1:26:1
                a = {'x': foo(1)}         -> Unsupported data type: NAry under key root.x at 1:26:3
                a = {x: 1}                -> Tuple keys must be of type String. Actual type: VariableReference under root at 1:21:1
                a = {'x': 1, 'x': 2}      -> Duplicate keys in tuple. Key: x under root at 1:29:3
                a = {'': 1}               -> Path component cannot be an empty string
                """);
    }

    @Test
    void theAttributesOfAnInsertedItemAreRoots() {
        assertThat(Refusal.of("INSERT INTO tab VALUE {'pk': 'a', 'b': set_add(b, <<1>>)}"))
                .isEqualTo("Unsupported data type: set_add under key root at 1:40:7");
        assertThat(Refusal.of("INSERT INTO tab VALUE {'b': {'c': 1e400}}")).endsWith(" under root.c");
    }

    @ParameterizedTest
    @MethodSource
    void anUpdateThatNoItemCouldSuitIsRefused(Refusal refusal) {
        assertThat(Refusal.of("UPDATE tab SET " + refusal.statement())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> anUpdateThatNoItemCouldSuitIsRefused() {
        return Refusal.table("""
                a = set_add(a)            -> SET_ADD must have exactly two arguments at 1:20:7
                a = set_add(b, <<1>>)     -> The first argument to SET_ADD must equal the assignment value at 1:20:7
                a = SET_DELETE(b, <<1>>)  -> The first argument to SET_DELETE must equal the assignment value at 1:20:10
                ab = set_add(ab, 1)       -> The second argument to SET_ADD must be a value with type SET at 1:29:2
                ab = set_delete(ab, ?)    -> The second argument to SET_DELETE must be a value with type SET at 1:32:2
                a = list_append(a, 1)     -> Incorrect operand type for operator or function; operator or function: list_append, operand type: N
                a = list_append(a)        -> Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1
                a = list_append(a, set_add(b, <<1>>)) -> Unrecognized function: set_add at 1:35:7
                a = foo(1)                -> Unrecognized function: foo at 1:20:3
                a = size(b)               -> The function is not allowed in an update expression; function: size
                a = a + 'x'               -> Incorrect operand type for operator or function; operator or function: +, operand type: S
                a = a * 2                 -> Unsupported operator in Update Expression. Operator: *
                a = a || 'x'              -> Unsupported operator in Update Expression. Operator: ||
                a = MISSING               -> MISSING must be compared using IS operator
                a = (SELECT * FROM tab)   -> Unsupported token in expression: SELECT at 1:21:6
                a = CASE WHEN 1 THEN 2 END -> Unsupported token in expression: CASE at 1:20:4
                a = 1 SET a = 2           -> Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]
                a = 1, a.b = 2            -> Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]
                """);
    }

    @ParameterizedTest
    @MethodSource
    void aConditionThatNoItemCouldMeetIsRefused(Refusal refusal) {
        assertThat(Refusal.of("SELECT * FROM tab WHERE " + refusal.statement())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> aConditionThatNoItemCouldMeetIsRefused() {
        return Refusal.table("""
                a                          -> WHERE clause must contain an expression that resolves to a boolean
                ?                          -> WHERE clause must contain an expression that resolves to a boolean
                a = 1 AND b                -> The arguments to AND/OR must be Expressions
                NOT a                      -> The argument to NOT must be a Type or Expression
                a < true                   -> Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
                a <= true                  -> Incorrect operand type for operator or function; operator or function: <=, operand type: BOOL
                a > true                   -> Incorrect operand type for operator or function; operator or function: >, operand type: BOOL
                a >= true                  -> Incorrect operand type for operator or function; operator or function: >=, operand type: BOOL
                attribute_exists()         -> Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0
                attribute_exists(a, b)     -> Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2
                attribute_exists('a')      -> Operator or function requires a document path; operator or function: attribute_exists
                a = 1 AND exists(b)        -> Unrecognized function: exists at 1:35:6
                a = 1 AND set_add(b, 1)    -> Unrecognized function: set_add at 1:35:7
                if_not_exists(a, 1) = 1    -> The function is not allowed in a condition expression; function: if_not_exists
                attribute_exists(a) = 1    -> The function is not allowed to be used this way in an expression; function: attribute_exists
                attribute_exists(a) = b    -> The function is not allowed to be used this way in an expression; function: attribute_exists
                attribute_exists(a) > true -> The function is not allowed to be used this way in an expression; function: attribute_exists
                contains(a, a) = true      -> The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a]
                exists(a) = true           -> Unrecognized function: exists at 1:25:6
                a BETWEEN 2 AND 1          -> The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}
                contains(a, a)             -> The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a]
                a IN []                    -> IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member
                a IN ?                     -> IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member
                a IS INT                   -> Unsupported data type for IS operator: INTEGER. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:27:2
                a IS INT2                  -> Unsupported data type for IS operator: SMALLINT. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:27:2
                a IS INT4                  -> Unsupported operation: IsType
                a IS NOT integer4          -> Unsupported operation: IsType
                a IS INT8                  -> Unsupported operation: IsType
                a IS INTEGER8              -> Unsupported operation: IsType
                a IS BIGINT                -> Unsupported operation: IsType
                'a' IS NOT MISSING         -> Operator or function requires a document path; operator or function: attribute_not_exists
                size(a) IS MISSING         -> The left hand side argument to IS must be a Variable Reference, Literal, or Path
                a = MISSING                -> MISSING must be compared using IS operator
                a LIKE 'x'                 -> Unsupported operator in Condition Expression. Operator: like
                a + 1 > 2                  -> Unsupported operator in Condition Expression. Operator: +
                a[*] = 1                   -> Wildcard path component like a[*].b are not supported at 1:27:1
                a.* = 1                    -> Unpivot path component like a.*.b are not supported at 1:27:1
                """);
    }

    @Test
    void lengthsHaveBounds() {
        String many = "a = 0" + " AND a = 1".repeat(300);
        assertThat(Refusal.of("SELECT * FROM tab WHERE " + many))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        assertThat(Refusal.of("SELECT * FROM tab WHERE a = 1" + " + 1".repeat(1_500)))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        String candidates = "a IN [0" + ", 1".repeat(100) + "]";
        assertThat(Refusal.of("SELECT * FROM tab WHERE " + candidates))
                .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
    }

    @Test
    void depthsHaveBounds() {
        String words = "Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit";
        assertThat(Refusal.of("UPDATE tab SET a = " + "[".repeat(31) + "1" + "]".repeat(31)))
                .startsWith("Update[");
        assertThat(Refusal.of("UPDATE tab SET a = " + "[".repeat(32) + "1" + "]".repeat(32)))
                .isEqualTo(words);
        for (String opening : List.of("(", "[", "{'a':", "<<", "NOT ", "- ", "a[", "f(")) {
            assertThat(Refusal.of("SELECT * FROM tab WHERE " + opening.repeat(1_000)))
                    .as(opening)
                    .isEqualTo(words);
        }
    }

    @Test
    void linesAndColumnsCountFromOne() {
        assertThat(Refusal.of("SELECT *\n  FROM tab -- comment\r\nWHERE\ta = 1 AND foo(b)"))
                .isEqualTo("Unrecognized function: foo at 3:17:3");
        assertThat(Refusal.of("SELECT * /* two\nlines */ FROM tab WHERE foo(b)"))
                .isEqualTo("Unrecognized function: foo at 2:25:3");
        assertThat(Refusal.of("SELECT * FROM tab WHERE a = '\uD83D\uDE00' AND foo(b)"))
                .isEqualTo("Unrecognized function: foo at 1:37:3");
    }

    @Test
    void eachQuestionMarkNeedsAParameter() {
        assertThatThrownBy(() -> Statements.read("SELECT * FROM tab WHERE a = ?", Refusal.noParameters()))
                .isInstanceOf(ApiException.class)
                .hasMessage("Number of parameters in request and statement don't match.");
    }
}
