package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/** The shape of a string, its length counted in UTF-16 units. */
class TextShape extends Shape<String> {
    static final TextShape FREE = new TextShape(Bounds.NONE);

    /**
     * The longest text that is matched against a pattern: some of the model's patterns take quadratic time, and no
     * text that a pattern allows is longer.
     */
    private static final int MAX_MATCHED = 8_192;

    private final Bounds length;
    private final @Nullable Pattern pattern;

    TextShape(Bounds length) {
        this.length = length;
        this.pattern = null;
    }

    TextShape(Bounds length, String pattern) {
        this.length = length;
        this.pattern = Pattern.compile(pattern);
    }

    @Override
    String read(Reading in) {
        if (in.json.currentToken() != JsonToken.VALUE_STRING) {
            throw in.notA("String", "java.lang.String");
        }
        String text = in.string();
        if (!length.hold(text.length())) {
            in.broken(length.brokenByLength(text.length()).orElseThrow(), text);
        }
        if (!matches(text)) {
            in.broken(RequestErrors.pattern(patternText().orElseThrow()), text);
        }
        return text;
    }

    /** Whether a map key satisfies the constraints; a map reports its keys together. */
    boolean allows(String text) {
        return length.hold(text.length()) && matches(text);
    }

    private boolean matches(String text) {
        return pattern == null
                || (text.length() <= MAX_MATCHED && pattern.matcher(text).matches());
    }

    private Optional<String> patternText() {
        return Optional.ofNullable(pattern).map(Pattern::pattern);
    }

    @Override
    void write(JsonGenerator out, String value) {
        out.writeString(value);
    }

    @Override
    List<String> phrases() {
        var phrases = length.lengthPhrases();
        patternText().map(RequestErrors::pattern).ifPresent(phrases::add);
        return phrases;
    }
}
