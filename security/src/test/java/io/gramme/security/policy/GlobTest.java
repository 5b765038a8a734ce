package io.gramme.security.policy;

import static io.gramme.security.policy.TestPolicies.BOOKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.security.policy.Template.Syntax;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "a,a,true",
        "a,b,false",
        "*,'',true",
        "?,'',false",
        "a*,a,true",
        "a*c,abbc,true",
        "a*c,abb,false",
        "*b*,abc,true",
        "a?c,abc,true",
        "a?c,ac,false",
        "*?,x,true",
        "a**c,ac,true",
        "*ab,aab,true",
        "?,😀,true",
        "??,😀,false",
        "*?*?*,a,false"
    })
    void aStarMatchesAnyCharactersAndAQuestionMarkOne(String pattern, String text, boolean expected) {
        assertThat(Glob.of(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void manyStarsDoNotMultiplyTheTime() {
        assertThat(Glob.of("a*".repeat(5_000) + "b").matches("a".repeat(10_000)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*,true",
        "arn:aws:dynamodb:*,true",
        "arn:*,true",
        "arn:aws:dynamodb:*:*:table/Books,true",
        "arn:aws:dynamodb:us-*-1:111122223333:table/B?oks,true",
        "arn:aws:dynamodb:us-east-1:111122223333:table/Book,false",
        "arn:aws:dynamodb:us-east-1:111122223333:table/Books*,true",
        "arn:aws:dynamodb:us-east-1:111122223333:table/Books/*,false",
        "arn:aws:dynamodb:us-east-1:111122223333:*,true",
        "arn:aws:dynamodb:us-east-1:444455556666:*,false",
        "arn:aws:dynamodb:*:table/Books,true",
        "arn:aws:dynamodb:us*:table/Books,true",
        "arn:aws:dynamodb:us*3:*:table/Books,false",
        "arn:aws:dyna*d?:us-east-1:111122223333:table/Books,true",
        "arn:aws:dyna*d?:us-east-1:1111*3333:table/?ook*,true",
        "arn:aws:dyna*d?:*:table/Books,true",
        "arn:aws:d?n*db:us-east?1:1111*3333:table/?ook*,true",
        "arn:aws:d?n*1:*:111122223333:table/Books,false",
        "arn:aws-cn:dynamodb:*:*:*,false"
    })
    void anArnMatchesPartByPart(String pattern, boolean expected) {
        var resources = new ResourceSet(false, List.of(pattern), true);
        assertThat(resources.covers(new Arn(BOOKS), Effect.ALLOW, ConditionContext.EMPTY))
                .isEqualTo(expected);
    }

    @Test
    void aStarCrossesSlashesAndColonsOfTheResource() {
        var all = new ResourceSet(false, List.of("arn:aws:dynamodb:us-east-1:111122223333:table/Books*"), true);
        for (String resource : List.of(BOOKS + "2", BOOKS + "/index/i", BOOKS + "/stream/2026-01-01T00:00:00.000")) {
            assertThat(all.coverage(new Arn(resource))).isEqualTo(ResourceSet.Coverage.ALWAYS);
        }
    }

    @Test
    void anActionWithoutResourceNeedsTheStarAlone() {
        assertThat(new ResourceSet(false, List.of("arn:*"), true).coverage(new Arn("*")))
                .isEqualTo(ResourceSet.Coverage.NEVER);
        assertThat(new ResourceSet(false, List.of("*"), true).coverage(new Arn("*")))
                .isEqualTo(ResourceSet.Coverage.ALWAYS);
    }

    private static @Nullable String text(String template, Map<String, List<String>> context) {
        int[] symbols = Template.parse(template, new Syntax(true, true)).symbols(ConditionContext.of(context));
        if (symbols == null) {
            return null;
        }
        var text = new StringBuilder();
        for (int symbol : symbols) {
            text.append(symbol == Glob.ANY ? "<any>" : symbol == Glob.ONE ? "<one>" : String.valueOf((char) symbol));
        }
        return text.toString();
    }

    @Test
    void theValueOfAVariableIsTextAndNeverAWildcardOrAVariable() {
        var context = Map.of("aws:PrincipalTag/team", List.of("*${aws:userid}?"), "aws:userid", List.of("me"));
        assertThat(text("a*${aws:PRINCIPALTAG/Team}?", context)).isEqualTo("a<any>*${aws:userid}?<one>");
        assertThat(text("${*}${?}${$}*", Map.of())).isEqualTo("*?$<any>");
    }

    @Test
    void aVariableWithoutValueHasItsDefaultOrNone() {
        assertThat(text("x${aws:PrincipalTag/team, 'no}ne*'}", Map.of())).isEqualTo("xno}ne*");
        assertThat(text("x${aws:PrincipalTag/team}", Map.of())).isNull();
        assertThat(text("x${aws:TagKeys}", Map.of("aws:TagKeys", List.of("one"))))
                .isNull();
    }
}
