package io.gramme.core.partiql;

import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Splits a statement into tokens, and drops its comments: {@code -- to the end of the line}, and between slash and
 * star.
 */
final class Lexer {
    /** Longer ones before their prefixes. */
    private static final List<String> OPERATORS =
            List.of("<=", "<>", ">=", "!=", "||", "=", "<", ">", "+", "-", "*", "/", "%", "@");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int column = 1;

    private Lexer(String text) {
        this.text = text;
    }

    /**
     * The last token is {@link Kind#END}, and only that.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if some character belongs to no token
     */
    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        while (skipBlank()) {
            add();
        }
        tokens.add(new Token(Kind.END, "", position(at)));
    }

    /** Moves to the next token; returns whether there is one. */
    private boolean skipBlank() {
        while (at < text.length()) {
            if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                moveTo(end < 0 ? text.length() : end);
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw PartiqlErrors.unreadable();
                }
                moveTo(end + 2);
            } else if (Character.isWhitespace(text.charAt(at))) {
                moveTo(at + 1);
            } else {
                return true;
            }
        }
        return false;
    }

    private void moveTo(int end) {
        while (at < end) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            column++;
            if (character == '\n') {
                line++;
                column = 1;
            }
        }
    }

    /** The position from here to {@code end}. */
    private Position position(int end) {
        return new Position(line, column, text.codePointCount(at, end));
    }

    private void add() {
        char first = text.charAt(at);
        if (isLetter(first)) {
            word();
        } else if (isDigit(first) || (first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
            take(Kind.NUMBER, numberEnd());
        } else if (first == '\'' || first == '"') {
            quoted(first, first == '"' ? Kind.QUOTED_NAME : Kind.STRING);
        } else if (first == '`') {
            ion();
        } else {
            sign(first);
        }
    }

    private void take(Kind kind, int end) {
        take(kind, text.substring(at, end), end);
    }

    private void take(Kind kind, String said, int end) {
        tokens.add(new Token(kind, said, position(end)));
        moveTo(end);
    }

    private void word() {
        int end = at;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        String keyword = text.substring(at, end).toLowerCase(Locale.ROOT);
        if (Keywords.contains(keyword)) {
            take(Kind.KEYWORD, keyword, end);
        } else {
            take(Kind.NAME, end);
        }
    }

    private int numberEnd() {
        int end = digitsEnd(at);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            end = digitsEnd(exponent);
            if (!isInt(exponent, end)) {
                throw PartiqlErrors.unreadable();
            }
        }
        if (end < text.length() && isLetter(text.charAt(end))) {
            throw PartiqlErrors.unreadable();
        }
        return end;
    }

    /** Beyond 32 bits the service sees no exponent. */
    private boolean isInt(int from, int end) {
        try {
            Integer.parseInt(text, from, end, 10);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Two quotes inside stand for one. */
    private void quoted(char quote, Kind kind) {
        var said = new StringBuilder();
        int end = at + 1;
        while (true) {
            int next = text.indexOf(quote, end);
            if (next < 0) {
                throw PartiqlErrors.unreadable();
            }
            said.append(text, end, next);
            end = next + 1;
            if (end == text.length() || text.charAt(end) != quote) {
                take(kind, said.toString(), end);
                return;
            }
            said.append(quote);
            end++;
        }
    }

    private void ion() {
        int end = text.indexOf('`', at + 1);
        if (end < 0) {
            throw PartiqlErrors.unreadable();
        }
        take(Kind.ION, text.substring(at + 1, end), end + 1);
    }

    private void sign(char first) {
        if (text.startsWith("<<", at)) {
            take(Kind.OPEN_BAG, at + 2);
        } else if (text.startsWith(">>", at)) {
            take(Kind.CLOSE_BAG, at + 2);
        } else if (punctuation(first).isPresent()) {
            take(punctuation(first).get(), at + 1);
        } else {
            String operator = OPERATORS.stream()
                    .filter(sign -> text.startsWith(sign, at))
                    .findFirst()
                    .orElseThrow(PartiqlErrors::unreadable);
            // The two spellings of one operator.
            take(Kind.OPERATOR, operator.equals("!=") ? "<>" : operator, at + operator.length());
        }
    }

    private static Optional<Kind> punctuation(char sign) {
        return switch (sign) {
            case '?' -> Optional.of(Kind.PARAMETER);
            case '(' -> Optional.of(Kind.OPEN);
            case ')' -> Optional.of(Kind.CLOSE);
            case '[' -> Optional.of(Kind.OPEN_BRACKET);
            case ']' -> Optional.of(Kind.CLOSE_BRACKET);
            case '{' -> Optional.of(Kind.OPEN_BRACE);
            case '}' -> Optional.of(Kind.CLOSE_BRACE);
            case '.' -> Optional.of(Kind.DOT);
            case ',' -> Optional.of(Kind.COMMA);
            case ':' -> Optional.of(Kind.COLON);
            case ';' -> Optional.of(Kind.SEMICOLON);
            default -> Optional.empty();
        };
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
