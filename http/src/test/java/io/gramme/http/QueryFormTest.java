package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.service.ServiceException;
import org.junit.jupiter.api.Test;

class QueryFormTest {
    private static String distinctPairs(int count, String restOfName) {
        var form = new StringBuilder();
        for (int i = 0; i < count; i++) {
            form.append('n').append(i).append(restOfName).append("=1&");
        }
        return form.toString();
    }

    @Test
    void aFormOfManyEmptySegmentsIsTooLarge() {
        assertThat(QueryForm.of("&".repeat(QueryForm.MAX_PAIRS)).pairs()).isEmpty();
        assertThatThrownBy(() -> QueryForm.of("&".repeat(ServiceProtocols.MAX_BODY)))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void pairsOfOneNameCountOneByOne() {
        assertThatThrownBy(() -> QueryForm.of("a=1&".repeat(QueryForm.MAX_PAIRS + 1)))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aSegmentWithoutAValueDoesNotTakeThatOfTheNextOne() {
        assertThat(QueryForm.of("a&b=c=d&e=&=f&g").pairs())
                .hasSize(4)
                .containsEntry("a", "")
                .containsEntry("b", "c=d")
                .containsEntry("e", "")
                .containsEntry("g", "");
    }

    @Test
    void longNamesMustNotMakeTooManyValues() {
        String deep = ".b.c.d.e.f.g.h.i";
        QueryForm many = QueryForm.of(distinctPairs(QueryForm.MAX_PAIRS, deep));
        assertThat(many.structure().members()).hasSize(QueryForm.MAX_PAIRS);
        QueryForm tooMany = QueryForm.of(distinctPairs(QueryForm.MAX_PAIRS, deep + ".j.k"));
        assertThatThrownBy(tooMany::structure).isInstanceOf(ServiceException.class);
    }

    @Test
    void theVersionOfAFormIsFoundWithoutParsingIt() {
        assertThat(QueryForm.versionOf("a=Version=1&Version=2010-05-08".getBytes(ISO_8859_1)))
                .isEqualTo("2010-05-08");
        assertThat(QueryForm.versionOf("Version=1&b=%zz&Version=2".getBytes(ISO_8859_1)))
                .isEqualTo("2");
        assertThat(QueryForm.versionOf("xVersion=1".getBytes(ISO_8859_1))).isEmpty();
        assertThat(QueryForm.versionOf(new byte[0])).isEmpty();
    }
}
