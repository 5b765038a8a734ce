package io.gramme.differential.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KnownDifferencesTest {
    private static boolean explains(String row, Signature signature) {
        return KnownDifferences.parse(row).explaining(signature).isPresent();
    }

    @Test
    void theProjectsOwnListParsesAndEveryRowHasAReason() {
        KnownDifferences known = KnownDifferences.ofDynalite();
        assertThat(known.rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.reason()).hasSizeGreaterThan(5);
            assertThat(row.reason()).doesNotContain("\t");
        });
    }

    @Test
    void aRowIsForItsOperationsAlone() {
        String row = "PutItem|DeleteItem\tA: x\tB: y\tbecause";
        assertThat(explains(row, new Signature("PutItem", "A: x", "B: y"))).isTrue();
        assertThat(explains(row, new Signature("DeleteItem", "A: x", "B: y"))).isTrue();
        assertThat(explains(row, new Signature("GetItem", "A: x", "B: y"))).isFalse();
        assertThat(explains(row, new Signature("PutItem", "A: x.", "B: y"))).isFalse();
    }

    @Test
    void aStarIsAnyText() {
        String row = "*\tA: *\tok*\tbecause";
        assertThat(explains(row, new Signature("GetItem", "A: (x)", "ok [y]"))).isTrue();
        assertThat(explains(row, new Signature("GetItem", "B: (x)", "ok"))).isFalse();
    }

    @Test
    void aNameIsTheSameTextWhereverItStands() {
        String row = "*\tA: one {m}\tA: {m}\tbecause";
        assertThat(explains(row, new Signature("GetItem", "A: one x*", "A: x*")))
                .isTrue();
        assertThat(explains(row, new Signature("GetItem", "A: one x", "A: y"))).isFalse();
    }

    @Test
    void aRowWithoutAReasonIsRefused() {
        assertThatThrownBy(() -> KnownDifferences.parse("# a comment\n\nPutItem\tA\tB"))
                .hasMessageContaining("Line 3");
        assertThatThrownBy(() -> KnownDifferences.parse("PutItem\tA\tB\t ")).hasMessageContaining("Line 1");
    }

    @Test
    void theFirstRowThatFitsExplains() {
        KnownDifferences known = KnownDifferences.parse("*\tA\tB\tfirst\n*\t*\t*\tsecond");
        assertThat(known.explaining(new Signature("GetItem", "A", "B"))
                        .orElseThrow()
                        .reason())
                .isEqualTo("first");
        assertThat(known.explaining(new Signature("GetItem", "A", "C"))
                        .orElseThrow()
                        .reason())
                .isEqualTo("second");
    }
}
