package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4096B, 4096",
        "64MB, 67108864",
        "64mb, 67108864",
        "64 MB, 67108864",
        "64M, 67108864",
        "64MiB, 67108864",
        "1K, 1024",
        "10GB, 10737418240",
        "2TB, 2199023255552",
        "999999999999999999, 999999999999999999"
    })
    void aSizeIsANumberOfBytesOrHasAUnit(String text, long bytes) {
        assertThat(new SizeText().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5GB", "64XB", "64MBs", "1e9", "99999999TB", "9999999999999999999"})
    void anythingElseIsNoSize(String text) {
        assertThatThrownBy(() -> new SizeText().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1000, 1000", "1024, 1KB", "1048576, 1MB", "67108864, 64MB", "10737418240, 10GB", "1536, 1536"})
    void aSizeIsShownInItsLargestUnit(long bytes, String text) {
        assertThat(SizeText.of(bytes)).isEqualTo(text);
    }
}
