package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.placeholders;
import static io.gramme.core.expression.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionRefusalTest {
    private static String words(String text) {
        String all = refusal(() -> Expressions.condition(ExpressionKind.CONDITION, text, placeholders()));
        assertThat(all).startsWith("Invalid ConditionExpression: ");
        return all.substring("Invalid ConditionExpression: ".length());
    }

    @ParameterizedTest
    @MethodSource
    void aTextThatIsNoConditionShowsTheTokenThatFitsNothing(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> aTextThatIsNoConditionShowsTheTokenThatFitsNothing() {
        return Refusal.table("""
                a                 ->  Syntax error; token: "<EOF>", near: "a"
                a =               ->  Syntax error; token: "<EOF>", near: "="
                a = = b           ->  Syntax error; token: "=", near: "= = b"
                a  =   =   b      ->  Syntax error; token: "=", near: "=   =   b"
                a = b c           ->  Syntax error; token: "c", near: "b c"
                a == b            ->  Syntax error; token: "=", near: "== b"
                a != b            ->  Syntax error; token: "!", near: "a !="
                a < > b           ->  Syntax error; token: ">", near: "< > b"
                (                 ->  Syntax error; token: "<EOF>", near: "("
                ()                ->  Syntax error; token: ")", near: "()"
                a = (b            ->  Syntax error; token: "<EOF>", near: "b"
                a = b )           ->  Syntax error; token: ")", near: "b )"
                a IN ()           ->  Syntax error; token: ")", near: "()"
                a IN (b,)         ->  Syntax error; token: ")", near: ",)"
                a IN b            ->  Syntax error; token: "b", near: "IN b"
                a NOT IN (b)      ->  Syntax error; token: "NOT", near: "a NOT IN"
                a BETWEEN b       ->  Syntax error; token: "<EOF>", near: "b"
                a BETWEEN b OR c  ->  Syntax error; token: "OR", near: "b OR c"
                a = b = c         ->  Syntax error; token: "=", near: "b = c"
                a + b = c         ->  Syntax error; token: "+", near: "a + b"
                a=b AND           ->  Syntax error; token: "<EOF>", near: "AND"
                a=b OR OR c=d     ->  Syntax error; token: "OR", near: "OR OR c"
                NOT a             ->  Syntax error; token: "<EOF>", near: "a"
                (a = b) = c       ->  Syntax error; token: "=", near: ") = c"
                (a) AND b = c     ->  Syntax error; token: "AND", near: ") AND b"
                size(a = b)       ->  Syntax error; token: "=", near: "a = b"
                attribute_exists()  ->  Syntax error; token: ")", near: "()"
                foo(a,)           ->  Syntax error; token: ")", near: ",)"
                a.foo(b)          ->  Syntax error; token: "(", near: "foo(b"
                a.1 = b           ->  Syntax error; token: "1", near: ".1 ="
                a[b] = c          ->  Syntax error; token: "b", near: "[b]"
                a[-1] = b         ->  Syntax error; token: "-", near: "[-1"
                a[00] = b         ->  Syntax error; token: "0", near: "00]"
                a..b = c          ->  Syntax error; token: ".", near: "..b"
                1a = b            ->  Syntax error; token: "1", near: "1a"
                _a = b            ->  Syntax error; token: "_", near: "_a"
                a-b = c           ->  Syntax error; token: "-", near: "a-b"
                a = 'x'           ->  Syntax error; token: "'", near: "= 'x"
                a = éb            ->  Syntax error; token: "é", near: "= éb"
                # = b             ->  Syntax error; token: "#", near: "# ="
                a = :             ->  Syntax error; token: ":", near: "= :"
                :s.a = b          ->  Syntax error; token: ".", near: ":s.a"
                add = b           ->  Syntax error; token: "add", near: "add ="
                and = b           ->  Syntax error; token: "and", near: "and ="
                """);
    }

    @Test
    void onlyBlanksAreASyntaxErrorAndNothingIsAnEmptyExpression() {
        assertThat(words("  ")).isEqualTo("Syntax error; token: \"<EOF>\", near: \"  \"");
        assertThat(words("")).isEqualTo("The expression can not be empty;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a = b))",
                "((a)) = b",
                "a IN (((b)))",
                "attribute_exists(((a)))",
                "NOT ((a = b))",
                "((a = b)) AND = c",
                "((name = foo(x)))"
            })
    void twoPairsOfParenthesesAroundTheSameAreRedundant(String text) {
        assertThat(words(text)).isEqualTo("The expression has redundant parentheses;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a = b)",
                "(a) = (b)",
                "((a) = (b))",
                "((a = b) AND (c = d))",
                "(((a = b) AND c = d) AND e = f)",
                "a IN ((b), (c))",
                "attribute_exists((a))",
                "(( size ( a )) < b ) AND ( c > d )",
                "(NOT (a = b))"
            })
    void onePairOfParenthesesIsNotRedundant(String text) {
        assertThatCode(() -> Expressions.condition(ExpressionKind.CONDITION, text, placeholders()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource
    void namesAndFunctionsAreJudgedBeforeAnyPlaceholder(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> namesAndFunctionsAreJudgedBeforeAnyPlaceholder() {
        return Refusal.table("""
                name = b               ->  Attribute name is a reserved keyword; reserved keyword: name
                Name = b               ->  Attribute name is a reserved keyword; reserved keyword: Name
                a.name = b             ->  Attribute name is a reserved keyword; reserved keyword: name
                #undef = name          ->  Attribute name is a reserved keyword; reserved keyword: name
                foo(a)                 ->  Invalid function name; function: foo
                foo(name)              ->  Invalid function name; function: foo
                a = name AND foo(b)    ->  Attribute name is a reserved keyword; reserved keyword: name
                foo(b) AND a = name    ->  Invalid function name; function: foo
                SIZE(a) = b            ->  Invalid function name; function: SIZE
                Contains(a, b)         ->  Invalid function name; function: Contains
                size(a)                ->  The function is not allowed to be used this way in an expression; function: size
                contains(a, b) = c     ->  The function is not allowed to be used this way in an expression; function: contains
                begins_with(a) AND size(b)  ->  The function is not allowed to be used this way in an expression; function: size
                if_not_exists(a, b)    ->  The function is not allowed in a condition expression; function: if_not_exists
                list_append(a, b) = c  ->  The function is not allowed in a condition expression; function: list_append
                a[2147483648] = b      ->  List index is not within the allowable range; index: [2147483648]
                a[99999999999] = :undef  ->  List index is not within the allowable range; index: [99999999999]
                """);
    }

    @ParameterizedTest
    @MethodSource
    void operandsAreJudgedFromLeftToRight(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> operandsAreJudgedFromLeftToRight() {
        return Refusal.table("""
                #undef = :undef       ->  An expression attribute name used in the document path is not defined; attribute name: #undef
                a = :undef            ->  An expression attribute value used in expression is not defined; attribute value: :undef
                a = :undef AND begins_with(b, :n)  ->  An expression attribute value used in expression is not defined; attribute value: :undef
                begins_with(b, :n) AND a = :undef  ->  Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
                begins_with(:n, a)    ->  Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
                begins_with(a, size(b))  ->  Incorrect operand type for operator or function; operator or function: begins_with, operand type: N
                a < :t                ->  Incorrect operand type for operator or function; operator or function: <, operand type: BOOL
                :l < a                ->  Incorrect operand type for operator or function; operator or function: <, operand type: L
                a <= :z               ->  Incorrect operand type for operator or function; operator or function: <=, operand type: NULL
                a > :m                ->  Incorrect operand type for operator or function; operator or function: >, operand type: M
                a >= :ss              ->  Incorrect operand type for operator or function; operator or function: >=, operand type: SS
                a BETWEEN :t AND :t   ->  Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: BOOL
                size(:n) = a          ->  Incorrect operand type for operator or function; operator or function: size, operand type: N
                size(size(a)) = b     ->  Incorrect operand type for operator or function; operator or function: size, operand type: N
                attribute_type(a, b)  ->  Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}
                attribute_type(a, :n)  ->  Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N
                attribute_type(a, :s)  ->  Invalid attribute type name found; type: a, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}
                attribute_exists(:s)  ->  Operator or function requires a document path; operator or function: attribute_exists
                attribute_not_exists(size(a))  ->  Operator or function requires a document path; operator or function: attribute_not_exists
                attribute_exists(a, b)  ->  Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2
                begins_with(a)        ->  Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1
                size(a, b) = c        ->  Incorrect number of operands for operator or function; operator or function: size, number of operands: 2
                contains(a, a)        ->  The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a]
                contains(a.b[0], a.b[0])  ->  The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [a, b, [0]]
                begins_with(n, #n)    ->  The first operand must be distinct from the remaining operands for this operator or function; operator: begins_with, first operand: [n]
                a = a                 ->  The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]
                a BETWEEN b AND a     ->  The first operand must be distinct from the remaining operands for this operator or function; operator: BETWEEN, first operand: [a]
                a IN (b, a)           ->  The first operand must be distinct from the remaining operands for this operator or function; operator: IN, first operand: [a]
                a BETWEEN :n2 AND :n  ->  The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}
                a BETWEEN :s2 AND :s  ->  The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}
                a BETWEEN :b2 AND :b  ->  The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]}, upper bound operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]}
                a BETWEEN :s AND :n   ->  The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:a}, upper bound operand: AttributeValue: {N:1}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":s = :s",
                "a BETWEEN b AND b",
                "a BETWEEN :n2 AND b",
                "a IN (:t, :l, :ss)",
                "a = :m",
                "contains(:n, a)",
                "contains(a, :t)",
                "size(a) = size(a)",
                "size(a) < :s",
                ":s < :n",
                "a[2147483647] = b",
                "a . b [ 0 ] = c",
                "NOTa = b"
            })
    void whatOnlyAnItemCouldDisproveIsAccepted(String text) {
        assertThatCode(() -> Expressions.condition(ExpressionKind.CONDITION, text, placeholders()))
                .doesNotThrowAnyException();
    }

    @Test
    void aPathHasAtMost32Levels() {
        String deepest = String.join(".", Collections.nCopies(32, "a"));
        assertThatCode(() -> Expressions.condition(ExpressionKind.CONDITION, deepest + " = b", placeholders()))
                .doesNotThrowAnyException();
        assertThat(words(deepest + "[0] = b"))
                .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
    }

    @Test
    void inTakesAtMost100Operands() {
        String hundred = String.join(",", Collections.nCopies(100, "b"));
        assertThatCode(() -> Expressions.condition(ExpressionKind.FILTER, "a IN (" + hundred + ")", placeholders()))
                .doesNotThrowAnyException();
        assertThat(words("a IN (" + hundred + ",b)"))
                .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
    }

    @Test
    void anExpressionHasAtMost300Operators() {
        String most = String.join(" AND ", Collections.nCopies(150, "a=b")); // 150 comparisons, 149 ANDs
        assertThatCode(() -> Expressions.condition(ExpressionKind.CONDITION, "NOT " + most, placeholders()))
                .doesNotThrowAnyException();
        assertThat(words("NOT NOT " + most))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        assertThat(words(most + " AND a=b AND a=b"))
                .isEqualTo("The expression contains too many operators; operator count: 301");
    }

    @Test
    void anExpressionHasAtMost4096Bytes() {
        assertThatCode(() ->
                        Expressions.condition(ExpressionKind.CONDITION, "a = b" + " ".repeat(4091), placeholders()))
                .doesNotThrowAnyException();
        assertThat(words("a = b" + " ".repeat(4092)))
                .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 4097");
        assertThat(words("é".repeat(2049)))
                .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 4098");
    }

    @Test
    void noNestingExhaustsTheStack() {
        assertThat(words("(".repeat(2000) + "a = b" + ")".repeat(2000)))
                .isEqualTo("The expression has redundant parentheses;");
        assertThat(words("(".repeat(4096))).isEqualTo("The expression has redundant parentheses;");
        assertThat(words("NOT ".repeat(1000) + "a = b"))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        assertThat(words("a(".repeat(2000)))
                .isEqualTo("The expression contains too many operators; operator count: 301");
    }

    /** Again and again: frames are largest when the parser has been compiled, but not yet well. */
    @ParameterizedTest
    @ValueSource(strings = {"(", "NOT (", "NOT ", "a(", "(a OR NOT (", "a BETWEEN (", "a IN ("})
    void lessThanAWholeStackIsEnoughForAnyNesting(String part) throws InterruptedException {
        String text = part.repeat(4096 / part.length());
        var failure = new AtomicReference<Throwable>();
        Runnable parsing = () -> {
            for (int i = 0; i < 300; i++) {
                assertThat(words(text)).isNotEmpty();
            }
        };
        var thread = new Thread(null, parsing, "small", 768 << 10);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    @Test
    void theDeepestConditionThatIsNotRefusedIsEvaluated() {
        String deepest = "NOT (".repeat(299) + "(n) = (:n)" + ")".repeat(299);
        Condition condition = Expressions.condition(ExpressionKind.CONDITION, deepest, placeholders());
        assertThat(condition.matches(Samples.everything())).isTrue();
    }

    @Test
    void messagesNameTheParameter() {
        assertThat(refusal(() -> Expressions.condition(ExpressionKind.FILTER, "foo(a)", placeholders())))
                .isEqualTo("Invalid FilterExpression: Invalid function name; function: foo");
        assertThat(refusal(() -> Expressions.keyCondition("foo(a)", placeholders())))
                .isEqualTo("Invalid KeyConditionExpression: Invalid function name; function: foo");
    }
}
