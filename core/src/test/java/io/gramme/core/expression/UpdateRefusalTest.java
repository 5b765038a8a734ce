package io.gramme.core.expression;

import static io.gramme.core.expression.Samples.everything;
import static io.gramme.core.expression.Samples.placeholders;
import static io.gramme.core.expression.Samples.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateRefusalTest {
    private static String words(String text) {
        String all = refusal(() -> Expressions.update(text, placeholders()));
        assertThat(all).startsWith("Invalid UpdateExpression: ");
        return all.substring("Invalid UpdateExpression: ".length());
    }

    @ParameterizedTest
    @MethodSource
    void aTextThatIsNoUpdateShowsTheTokenThatFitsNothing(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> aTextThatIsNoUpdateShowsTheTokenThatFitsNothing() {
        return Refusal.table("""
                SET                      ->  Syntax error; token: "<EOF>", near: "SET"
                SET a                    ->  Syntax error; token: "<EOF>", near: "a"
                SET a =                  ->  Syntax error; token: "<EOF>", near: "="
                SET a = :s,              ->  Syntax error; token: "<EOF>", near: ","
                a = :s                   ->  Syntax error; token: "a", near: "a ="
                FOO a                    ->  Syntax error; token: "FOO", near: "FOO a"
                SET a = :s, REMOVE b     ->  Syntax error; token: "REMOVE", near: ", REMOVE b"
                SET a = :s b = :s        ->  Syntax error; token: "b", near: ":s b ="
                SET (a) = :s             ->  Syntax error; token: "(", near: "SET (a"
                SET a = n + :n + :n      ->  Syntax error; token: "+", near: ":n + :n"
                SET a = (n + :n) - :n    ->  Syntax error; token: "-", near: ") - :n"
                SET a = n + (:n + :n)    ->  Syntax error; token: "+", near: ":n + :n"
                SET a = if_not_exists(b, n + :n)  ->  Syntax error; token: "+", near: "n + :n"
                SET a = n - -1           ->  Syntax error; token: "-", near: "- -1"
                SET add = :n             ->  Syntax error; token: "add", near: "SET add ="
                REMOVE a,                ->  Syntax error; token: "<EOF>", near: ","
                REMOVE a = b             ->  Syntax error; token: "=", near: "a = b"
                REMOVE (a)               ->  Syntax error; token: "(", near: "REMOVE (a"
                ADD a                    ->  Syntax error; token: "<EOF>", near: "a"
                ADD a b                  ->  Syntax error; token: "b", near: "a b"
                ADD a = :n               ->  Syntax error; token: "=", near: "a = :n"
                ADD a (:n)               ->  Syntax error; token: "(", near: "a (:n"
                DELETE a b               ->  Syntax error; token: "b", near: "a b"
                """);
    }

    @ParameterizedTest
    @MethodSource
    void whatTheTextSaysIsJudgedBeforeAnyPlaceholder(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> whatTheTextSaysIsJudgedBeforeAnyPlaceholder() {
        return Refusal.table("""
                SET a = ((:s))                   ->  The expression has redundant parentheses;
                SET a = ((n + :n))               ->  The expression has redundant parentheses;
                SET a = n + ((:n))               ->  The expression has redundant parentheses;
                SET a = :undef SET b = :s        ->  The "SET" section can only be used once in an update expression;
                ADD n :n REMOVE a ADD m :n       ->  The "ADD" section can only be used once in an update expression;
                SET a = foo(b) SET b = :s        ->  Invalid function name; function: foo
                SET a = :s SET name = :s         ->  Attribute name is a reserved keyword; reserved keyword: name
                REMOVE a REMOVE b SET c = foo(d)  ->  The "REMOVE" section can only be used once in an update expression;
                SET a = size(l)                  ->  The function is not allowed in an update expression; function: size
                SET a = attribute_exists(l)      ->  The function is not allowed in an update expression; function: attribute_exists
                SET a = list_append(list_append(l, :l), :l)   ->  The function is not allowed to be used this way in an expression; function: list_append
                SET a = if_not_exists(b, list_append(l, :l))  ->  The function is not allowed to be used this way in an expression; function: list_append
                SET a = list_append(l, :l) + :n  ->  The function is not allowed to be used this way in an expression; function: list_append
                REMOVE l[2147483648]             ->  List index is not within the allowable range; index: [2147483648]
                """);
    }

    @ParameterizedTest
    @MethodSource
    void pathsMustNotLeadThroughEachOther(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> pathsMustNotLeadThroughEachOther() {
        String overlap = "Two document paths overlap with each other; must remove or rewrite one of these paths;";
        String conflict = "Two document paths conflict with each other; must remove or rewrite one of these paths;";
        return Refusal.table("""
                        SET a = :s, a = :n            ->  OVERLAP path one: [a], path two: [a]
                        SET a = :undef, a = :s        ->  OVERLAP path one: [a], path two: [a]
                        SET a = :s REMOVE a           ->  OVERLAP path one: [a], path two: [a]
                        SET m.a = :s, m = :s          ->  OVERLAP path one: [m, a], path two: [m]
                        SET m = :s REMOVE b, m.a      ->  OVERLAP path one: [m], path two: [m, a]
                        SET #n = :s ADD n :n          ->  OVERLAP path one: [n], path two: [n]
                        SET l[0] = :s, l[1] = :s, l[0].x = :s  ->  OVERLAP path one: [l, [0]], path two: [l, [0], x]
                        SET m.a = :s, m[0] = :s       ->  CONFLICT path one: [m, a], path two: [m, [0]]
                        SET l[0].a = :s, l[0][1] = :s  ->  CONFLICT path one: [l, [0], a], path two: [l, [0], [1]]
                        """)
                .map(refusal -> new Refusal(
                        refusal.text(),
                        refusal.words().replace("OVERLAP", overlap).replace("CONFLICT", conflict)));
    }

    @ParameterizedTest
    @MethodSource
    void operandsAreJudgedLast(Refusal refusal) {
        assertThat(words(refusal.text())).isEqualTo(refusal.words());
    }

    static Stream<Refusal> operandsAreJudgedLast() {
        return Refusal.table("""
                SET a = :undef, #undef = :s  ->  An expression attribute name used in the document path is not defined; attribute name: #undef
                SET a = #undef           ->  An expression attribute name used in the document path is not defined; attribute name: #undef
                SET a = :s + :undef      ->  An expression attribute value used in expression is not defined; attribute value: :undef
                DELETE a :undef          ->  An expression attribute value used in expression is not defined; attribute value: :undef
                SET a = :s + :n          ->  Incorrect operand type for operator or function; operator or function: +, operand type: S
                SET a = n - :l           ->  Incorrect operand type for operator or function; operator or function: -, operand type: L
                SET a = list_append(:s, l)  ->  Incorrect operand type for operator or function; operator or function: list_append, operand type: S
                SET a = list_append(l)   ->  Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1
                SET a = if_not_exists(a, b, c)  ->  Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 3
                SET a = if_not_exists(:s, b)  ->  Operator or function requires a document path; operator or function: if_not_exists
                SET a = if_not_exists(a, a)  ->  The first operand must be distinct from the remaining operands for this operator or function; operator: if_not_exists, first operand: [a]
                ADD a :s                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND
                ADD a :b                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: BINARY, typeSet: ALLOWED_FOR_ADD_OPERAND
                ADD a :t                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: BOOLEAN, typeSet: ALLOWED_FOR_ADD_OPERAND
                ADD a :z                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: NULL, typeSet: ALLOWED_FOR_ADD_OPERAND
                ADD a :l                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: LIST, typeSet: ALLOWED_FOR_ADD_OPERAND
                ADD a :m                 ->  Incorrect operand type for operator or function; operator: ADD, operand type: MAP, typeSet: ALLOWED_FOR_ADD_OPERAND
                DELETE a :n              ->  Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND
                """);
    }

    @Test
    void anUpdateHasAtMost300OperatorsAndItsEqualSignsAreNone() {
        assertThatCode(() -> Expressions.update(assignments(300, "b+c"), placeholders()))
                .doesNotThrowAnyException();
        assertThat(words(assignments(301, "b+c")))
                .isEqualTo("The expression contains too many operators; operator count: 301");
        assertThatCode(() -> Expressions.update(assignments(400, "b"), placeholders()))
                .doesNotThrowAnyException();
    }

    private static String assignments(int count, String source) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a" + i + "=" + source)
                .collect(Collectors.joining(",", "SET ", ""));
    }

    @Test
    void aTooLongUpdateIsNotToldItsSize() {
        assertThat(words("REMOVE a" + " ".repeat(4089)))
                .isEqualTo("Expression size has exceeded the maximum allowed size;");
        assertThat(words("")).isEqualTo("The expression can not be empty;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET a = if_not_exists(b, n2)",
                "SET a = nowhere",
                "SET a = nowhere + :n",
                "SET a = s.x",
                "SET a = l[9]"
            })
    void aSourceMustBeInTheItem(String text) {
        assertThat(refusal(() -> Expressions.update(text, placeholders()).apply(everything())))
                .isEqualTo("The provided expression refers to an attribute that does not exist in the item");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET a = s + :n",
                "SET a = :n - l",
                "SET a = if_not_exists(nowhere, :s) + :n",
                "SET a = list_append(n, :l)",
                "SET a = list_append(:l, ss)",
                "ADD s :n",
                "ADD n :ss",
                "ADD ss :ns",
                "ADD l :n",
                "DELETE n :ss",
                "DELETE ns :ss",
                "DELETE m.a :ns"
            })
    void anOperandMustBeOfTheRightType(String text) {
        assertThat(refusal(() -> Expressions.update(text, placeholders()).apply(everything())))
                .isEqualTo("An operand in the update expression has an incorrect data type");
    }

    /** Before what else is wrong: the last three have a source, too, that is missing or of the wrong type. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET nowhere.a = :s",
                "SET m.nowhere.b = :s",
                "SET s.x = :s",
                "SET m[0] = :s",
                "SET l.a = :s",
                "SET nowhere[0] = :s",
                "SET l[9].a = :s",
                "REMOVE l.a",
                "REMOVE m[0]",
                "REMOVE s.x.y",
                "DELETE s.x :ss",
                "ADD nowhere.a :n",
                "SET nowhere.a = :s REMOVE nowhere.b",
                "SET a = nowhere, s.x = :s",
                "SET a = s + :n REMOVE s.x",
                "ADD s :n SET l.a = :s"
            })
    void aPathMustNotLeadThroughWhatIsNotThere(String text) {
        assertThat(refusal(() -> Expressions.update(text, placeholders()).apply(everything())))
                .isEqualTo("The document path provided in the update expression is invalid for update");
    }
}
