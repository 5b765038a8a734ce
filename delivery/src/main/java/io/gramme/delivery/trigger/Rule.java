package io.gramme.delivery.trigger;

import io.gramme.core.item.Decimal;
import java.util.List;
import java.util.Locale;

/** A condition of a filter pattern on one value. Only {@link Exists} can hold for an absent value. */
sealed interface Rule {
    record Text(String text) implements Rule {}

    record Numeral(Decimal number) implements Rule {}

    record Flag(boolean flag) implements Rule {}

    /** Never true of a stream record: a member that would be {@code null} is absent. */
    record Null() implements Rule {}

    record Prefix(String prefix) implements Rule {}

    record Suffix(String suffix) implements Rule {}

    record IgnoringCase(String text) implements Rule {}

    record AnythingBut(List<Rule> rules) implements Rule {}

    record Exists(boolean exists) implements Rule {}

    record Numeric(List<Bound> bounds) implements Rule {}

    /** One end of a range, or a single number. */
    record Bound(Relation relation, Decimal number) {
        boolean admits(Decimal other) {
            int order = other.compareTo(number);
            return switch (relation) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    enum Relation {
        EQUAL,
        LESS,
        AT_MOST,
        MORE,
        AT_LEAST
    }

    /** Whether the rule holds for a value that is present, and neither an object nor an array. */
    static boolean holds(Rule rule, EventNode leaf) {
        return switch (rule) {
            case Text(String text) -> text(leaf).equals(text) && isText(leaf);
            case Numeral(Decimal number) ->
                leaf instanceof EventNode.Numeral that && that.number().equals(number);
            case Flag(boolean flag) -> leaf instanceof EventNode.Flag that && that.flag() == flag;
            case Null() -> false;
            case Prefix(String prefix) -> isText(leaf) && text(leaf).startsWith(prefix);
            case Suffix(String suffix) -> isText(leaf) && text(leaf).endsWith(suffix);
            case IgnoringCase(String text) ->
                isText(leaf) && text(leaf).toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
            case AnythingBut(List<Rule> rules) -> rules.stream().noneMatch(one -> holds(one, leaf));
            case Exists(boolean exists) -> exists;
            case Numeric(List<Bound> bounds) ->
                leaf instanceof EventNode.Numeral that
                        && bounds.stream().allMatch(bound -> bound.admits(that.number()));
        };
    }

    private static boolean isText(EventNode leaf) {
        return leaf instanceof EventNode.Text
                || (leaf instanceof EventNode.Numeral(var _, var text) && text.isPresent());
    }

    private static String text(EventNode leaf) {
        return switch (leaf) {
            case EventNode.Text(String text) -> text;
            case EventNode.Numeral(var _, var text) -> text.orElse("");
            case EventNode.Flag _, EventNode.Many _, EventNode.Inner _ -> "";
        };
    }
}
