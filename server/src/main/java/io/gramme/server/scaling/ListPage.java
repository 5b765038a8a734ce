package io.gramme.server.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ScalingErrors;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list in the order of the keys of its elements. Its token is the key of the last element, so it stays valid
 * while others come and go.
 */
record ListPage<T>(List<T> elements, Optional<String> nextToken) {
    /** Also the service's default. */
    static final int LARGEST = 50;

    private static final char FIRST = 'k';

    /** @param token of the page before */
    static <T> ListPage<T> of(
            List<T> all, Function<T, String> key, Optional<Integer> maxResults, Optional<String> token) {
        Optional<String> after = token.map(ListPage::key);
        List<T> rest = all.stream()
                .filter(element -> after.isEmpty() || key.apply(element).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        List<T> page = rest.subList(0, Math.min(maxResults.orElse(LARGEST), rest.size()));
        return new ListPage<>(
                page, page.size() < rest.size() ? Optional.of(token(key.apply(page.getLast()))) : Optional.empty());
    }

    private static String token(String key) {
        return encoded(Bytes.utf8(FIRST + key));
    }

    private static String key(String token) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded(token).toArray()))
                    .toString();
            if (!text.isEmpty() && text.charAt(0) == FIRST) {
                return text.substring(1);
            }
        } catch (CharacterCodingException _) {
            // Refused below.
        }
        throw ScalingErrors.badToken();
    }

    static String encoded(Bytes position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.toArray());
    }

    static Bytes decoded(String token) {
        try {
            return Bytes.wrap(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException _) {
            throw ScalingErrors.badToken();
        }
    }
}
