package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeySettingTest {
    @TempDir
    private Path directory;

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void withoutFilesTheKeyIsRandom() throws Exception {
        RootKeySetting setting = RootKeySetting.of(Map.of());
        assertThat(setting.account()).isEqualTo("000000000000");
        assertThat(setting.key()).isEmpty();
    }

    @Test
    void filesNameTheKey() throws Exception {
        RootKeySetting setting = RootKeySetting.of(Map.of(
                "GRAMME_ROOT_ACCOUNT", "111122223333",
                "GRAMME_ROOT_ACCESS_KEY_FILE", file("id", "AKIA_OF_THE_OPERATOR\n"),
                "GRAMME_ROOT_SECRET_FILE", file("secret", "a secret of the operator\n")));
        assertThat(setting.key().orElseThrow().id()).isEqualTo("AKIA_OF_THE_OPERATOR");
        assertThat(setting.key().orElseThrow().secret()).isEqualTo("a secret of the operator");
    }

    @Test
    void whatCannotBeUsedIsRefusedWithoutTheSecret() throws Exception {
        String id = file("id", "AKIA_OF_THE_OPERATOR");
        assertThatThrownBy(() -> RootKeySetting.of(Map.of("GRAMME_ROOT_ACCOUNT", "1")))
                .hasMessage("GRAMME_ROOT_ACCOUNT is twelve digits, not 1");
        assertThatThrownBy(() -> RootKeySetting.of(Map.of("GRAMME_ROOT_ACCESS_KEY_FILE", id)))
                .hasMessage("set both GRAMME_ROOT_ACCESS_KEY_FILE and GRAMME_ROOT_SECRET_FILE, or neither");
        String secret = file("secret", "tooshort");
        assertThatThrownBy(() ->
                        RootKeySetting.of(Map.of("GRAMME_ROOT_ACCESS_KEY_FILE", id, "GRAMME_ROOT_SECRET_FILE", secret)))
                .hasMessage("a root secret has 16 to 128 characters, not 8");
        String session = file("session", "ASIAGRAMAAAAAAAAAAAA");
        String enough = file("long", "x".repeat(40));
        assertThatThrownBy(() -> RootKeySetting.of(
                        Map.of("GRAMME_ROOT_ACCESS_KEY_FILE", session, "GRAMME_ROOT_SECRET_FILE", enough)))
                .hasMessageContaining("does not begin with ASIA");
        assertThatThrownBy(() -> RootKeySetting.of(Map.of("GRAMME_ROOT_SECRET_FILE", directory + "/none")))
                .hasMessageStartingWith("GRAMME_ROOT_SECRET_FILE names no small file");
    }
}
