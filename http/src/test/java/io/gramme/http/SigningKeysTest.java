package io.gramme.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.signature.SigningKey;
import io.gramme.core.signature.SigningScope;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
    private static final SigningScope SCOPE = new SigningScope("20260102", "eu-west-1", "dynamodb");

    private final SigningKeys keys = new SigningKeys();

    private SigningKey kept(String id, String secret) {
        SigningKey key = keys.of(id, secret, SCOPE);
        keys.keep(id, secret, SCOPE, key);
        return key;
    }

    @Test
    void aKeyIsDerivedOnce() {
        assertThat(kept("a", "s")).isSameAs(kept("a", "s"));
    }

    @Test
    void aKeyThatIsNotKeptTakesNoRoom() {
        keys.of("a", "s", SCOPE);
        assertThat(keys.size()).isZero();
    }

    @Test
    void eachScopeHasItsOwnKey() {
        SigningKey key = kept("a", "s");
        var other = new SigningScope("20260103", "eu-west-1", "dynamodb");
        assertThat(keys.of("a", "s", other).signature("x")).isNotEqualTo(key.signature("x"));
    }

    @Test
    void aChangedSecretIsNoticed() {
        SigningKey old = kept("a", "s");
        SigningKey changed = kept("a", "t");
        assertThat(changed.signature("x")).isNotEqualTo(old.signature("x"));
        assertThat(kept("a", "t")).isSameAs(changed);
        assertThat(keys.size()).isOne();
    }

    @Test
    void theNumberOfKeysIsBoundedAndThoseInUseStay() {
        SigningKey used = kept("used", "s");
        for (int i = 0; i < 2 * SigningKeys.MOST; i++) {
            kept("other" + i, "s");
            assertThat(kept("used", "s")).isSameAs(used);
        }
        assertThat(keys.size()).isLessThanOrEqualTo(SigningKeys.MOST + 2);
        assertThat(kept("other0", "s")).isNotNull();
    }
}
