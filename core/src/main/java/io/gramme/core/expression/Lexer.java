package io.gramme.core.expression;

import io.gramme.core.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Splits a text into tokens. All expressions share one vocabulary: {@code add} is no attribute name in a condition
 * either. Nothing is refused here: an unknown token is an {@link Kind#UNKNOWN} one, for the parser to refuse.
 */
final class Lexer {
    private static final Map<String, Kind> KEYWORDS = Map.of(
            "AND", Kind.AND,
            "OR", Kind.OR,
            "NOT", Kind.NOT,
            "BETWEEN", Kind.BETWEEN,
            "IN", Kind.IN,
            "SET", Kind.SET,
            "REMOVE", Kind.REMOVE,
            "ADD", Kind.ADD,
            "DELETE", Kind.DELETE);

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The last token is {@link Kind#END}, and only that. */
    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
            } else {
                Token token = next(c);
                tokens.add(token);
                at = token.end();
            }
        }
        tokens.add(new Token(Kind.END, "", text.length()));
    }

    private Token next(char first) {
        if (isLetter(first)) {
            String word = text.substring(at, wordEnd(at));
            return new Token(KEYWORDS.getOrDefault(word.toUpperCase(Locale.ROOT), Kind.NAME), word, at);
        }
        if (isDigit(first)) {
            return new Token(Kind.NUMBER, text.substring(at, numberEnd()), at);
        }
        if ((first == '#' || first == ':') && wordEnd(at + 1) > at + 1) {
            Kind kind = first == '#' ? Kind.NAME_ALIAS : Kind.VALUE_ALIAS;
            return new Token(kind, text.substring(at, wordEnd(at + 1)), at);
        }
        return sign(first).orElseGet(() -> new Token(Kind.UNKNOWN, Character.toString(text.codePointAt(at)), at));
    }

    private Optional<Token> sign(char first) {
        char second = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return switch (first) {
            case '=' -> Optional.of(new Token(Kind.EQUAL, "=", at));
            case '<' ->
                Optional.of(
                        second == '='
                                ? new Token(Kind.LESS_OR_EQUAL, "<=", at)
                                : second == '>' ? new Token(Kind.NOT_EQUAL, "<>", at) : new Token(Kind.LESS, "<", at));
            case '>' ->
                Optional.of(
                        second == '=' ? new Token(Kind.GREATER_OR_EQUAL, ">=", at) : new Token(Kind.GREATER, ">", at));
            case '+' -> Optional.of(new Token(Kind.PLUS, "+", at));
            case '-' -> Optional.of(new Token(Kind.MINUS, "-", at));
            case '(' -> Optional.of(new Token(Kind.OPEN, "(", at));
            case ')' -> Optional.of(new Token(Kind.CLOSE, ")", at));
            case '[' -> Optional.of(new Token(Kind.OPEN_BRACKET, "[", at));
            case ']' -> Optional.of(new Token(Kind.CLOSE_BRACKET, "]", at));
            case '.' -> Optional.of(new Token(Kind.DOT, ".", at));
            case ',' -> Optional.of(new Token(Kind.COMMA, ",", at));
            default -> Optional.empty();
        };
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A zero leads no longer number: {@code 00} is two of them, and so never an index. */
    private int numberEnd() {
        int end = at + 1;
        while (text.charAt(at) != '0' && end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether {@code alias} is {@code sigil} and at least one letter, digit or underscore. */
    static boolean isAlias(String alias, char sigil) {
        return alias.length() > 1
                && alias.charAt(0) == sigil
                && alias.chars().skip(1).allMatch(c -> isWordPart((char) c));
    }

    private static boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
