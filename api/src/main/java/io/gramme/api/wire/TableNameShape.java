package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The shape of a table's name or ARN. The model bounds the length of both alike; for further rules of a name, the
 * service still has the words of the time before ARNs were allowed (measured).
 */
final class TableNameShape extends TextShape {
    private static final Bounds LENGTH = Bounds.between(3, 255);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    TableNameShape(Bounds model) {
        super(model);
    }

    @Override
    String read(Reading in) {
        String text = super.read(in);
        if (super.allows(text) && !isArn(text)) {
            LENGTH.brokenByLength(text.length()).ifPresent(phrase -> in.broken(new Rule.Name(phrase), text));
            if (!isNamed(text)) {
                in.broken(new Rule.Name(RequestErrors.pattern(NAME.pattern())), text);
            }
        }
        return text;
    }

    @Override
    boolean allows(String text) {
        return super.allows(text) && (isArn(text) || (LENGTH.hold(text.length()) && isNamed(text)));
    }

    private static boolean isArn(String text) {
        return text.startsWith("arn:");
    }

    private static boolean isNamed(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    List<String> phrases() {
        var phrases = new ArrayList<>(LENGTH.lengthPhrases());
        phrases.add(RequestErrors.pattern(NAME.pattern()));
        return phrases;
    }
}
