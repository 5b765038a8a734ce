package io.gramme.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static Options parse(String words) {
        return Options.parse(List.of(words.split(" ", -1)));
    }

    @Test
    void withoutOptionsEverythingIsMeasured() {
        assertThat(Options.parse(List.of())).isEqualTo(Options.DEFAULTS);
        Options.DEFAULTS.targets().forEach(target -> assertThat(Options.USAGE).contains(target.label()));
        Options.DEFAULTS
                .workloads()
                .forEach(workload -> assertThat(Options.USAGE).contains(workload.action()));
    }

    @Test
    void eachOptionNarrowsOneThing() {
        assertThat(parse("--targets gramme-disk --operations Query,GetItem --sizes 100 --connections 4 --warm-up 0 "
                        + "--seconds 2.5"))
                .isEqualTo(new Options(
                        List.of(Target.GRAMME_DISK),
                        List.of(Workload.GET_ITEM, Workload.QUERY),
                        List.of(100),
                        List.of(4),
                        Duration.ZERO,
                        Duration.ofMillis(2500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast yes", "--seconds", "--seconds long", "--sizes 1,", "--targets gramme"})
    void whatCannotBeMeantIsRefused(String words) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(words));
    }
}
