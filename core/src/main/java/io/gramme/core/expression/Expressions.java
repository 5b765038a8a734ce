package io.gramme.core.expression;

import io.gramme.core.bytes.Utf8;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.expression.Syntax.Section;
import io.gramme.core.expression.Syntax.Test;
import io.gramme.core.item.Path;
import java.util.List;

/**
 * Parses and binds the text of an expression. The parsed text is cached; the request's names and values are bound anew
 * each time. Every method throws an {@link io.gramme.core.error.ApiException} (VALIDATION) for what the service
 * refuses.
 */
public final class Expressions {
    /** In bytes, of the text as sent. */
    private static final int MAX_SIZE = 4096;

    private static final ParseCache<Test> CONDITIONS = new ParseCache<>();
    private static final ParseCache<List<DocumentPath>> PROJECTIONS = new ParseCache<>();
    private static final ParseCache<List<Section>> UPDATES = new ParseCache<>();

    private Expressions() {}

    /** @param kind CONDITION or FILTER: its name in messages */
    public static Condition condition(ExpressionKind kind, String text, Placeholders placeholders) {
        return ConditionBinder.bind(parsedCondition(kind, text), new Binder(placeholders, kind.errors()));
    }

    public static KeyCondition keyCondition(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.KEY_CONDITION;
        return KeyConditionBinder.bind(condition(kind, text, placeholders), kind.errors());
    }

    private static Test parsedCondition(ExpressionKind kind, String text) {
        requireSize(kind, text);
        return CONDITIONS.get(text, unseen -> {
            Test condition = ConditionParser.parse(unseen, kind.errors());
            Inspector.inspectCondition(condition, kind.errors());
            return condition;
        });
    }

    public static Projection projection(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.PROJECTION;
        requireSize(kind, text);
        List<DocumentPath> parsed = PROJECTIONS.get(text, unseen -> {
            List<DocumentPath> paths = UpdateParser.parsePaths(unseen, kind.errors());
            Inspector.inspectPaths(paths, kind.errors());
            return paths;
        });
        var binder = new Binder(placeholders, kind.errors());
        List<Path> paths = parsed.stream().map(binder::path).toList();
        PathTree.requireDisjoint(paths, kind.errors());
        return Projection.of(paths);
    }

    public static Update update(String text, Placeholders placeholders) {
        ExpressionKind kind = ExpressionKind.UPDATE;
        requireSize(kind, text);
        List<Section> parsed = UPDATES.get(text, unseen -> {
            List<Section> sections = UpdateParser.parse(unseen, kind.errors());
            Inspector.inspectUpdate(sections, kind.errors());
            return sections;
        });
        return UpdateBinder.bind(parsed, new Binder(placeholders, kind.errors()));
    }

    private static void requireSize(ExpressionKind kind, String text) {
        if (text.isEmpty()) {
            throw kind.errors().empty();
        }
        int size = Utf8.length(text);
        if (size > MAX_SIZE) {
            // Captured: only messages about conditions show the size.
            throw switch (kind) {
                case CONDITION, FILTER, KEY_CONDITION -> kind.errors().tooLong(size);
                case PROJECTION, UPDATE -> kind.errors().tooLong();
            };
        }
    }
}
