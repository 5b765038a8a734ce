package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.partiql.Token.Kind;
import java.util.List;
import java.util.Optional;

/**
 * The position of a parser among the tokens of a statement. It also keeps the first objection to a well-formed but
 * unsupported part: syntax errors are reported first.
 */
final class Cursor {
    private final List<Token> tokens;
    private int at;
    private Optional<ApiException> objection = Optional.empty();

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token token() {
        return tokens.get(at);
    }

    Token after() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = token();
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean sees(Kind kind) {
        return token().kind() == kind;
    }

    boolean sees(String keyword) {
        return token().is(Kind.KEYWORD, keyword);
    }

    boolean seesOperator(String operator) {
        return token().is(Kind.OPERATOR, operator);
    }

    boolean skip(Kind kind) {
        if (sees(kind)) {
            take();
            return true;
        }
        return false;
    }

    boolean skip(String keyword) {
        if (sees(keyword)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(Kind kind) {
        if (!sees(kind)) {
            throw PartiqlErrors.malformed("Expected " + kind.shown());
        }
        return take();
    }

    void expect(String keyword, String otherwise) {
        if (!skip(keyword)) {
            throw PartiqlErrors.malformed(otherwise);
        }
    }

    void object(ApiException to) {
        if (objection.isEmpty()) {
            objection = Optional.of(to);
        }
    }

    /** The statement must end here, apart from a semicolon, and without an objection. */
    void expectEnd() {
        if (skip(Kind.SEMICOLON) && !sees(Kind.END)) {
            throw PartiqlErrors.malformed("Unexpected token after semicolon. (Only one query is allowed.)");
        }
        if (!sees(Kind.END)) {
            throw PartiqlErrors.malformed("Unexpected token after expression");
        }
        if (objection.isPresent()) {
            throw objection.get();
        }
    }
}
