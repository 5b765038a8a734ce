package io.gramme.core.expression;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Token.Kind;
import java.util.List;

/** The position of a parser in a text, with the error for an unexpected token. */
final class Cursor {
    private final String text;
    private final List<Token> tokens;
    private final ExpressionErrors errors;
    private int at;

    Cursor(String text, ExpressionErrors errors) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
        this.errors = errors;
    }

    ExpressionErrors errors() {
        return errors;
    }

    /** The number of tokens already read. */
    int position() {
        return at;
    }

    boolean sees(Kind kind) {
        return tokens.get(at).kind() == kind;
    }

    Kind kind() {
        return tokens.get(at).kind();
    }

    Kind kindAfter() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1)).kind();
    }

    Token take() {
        return tokens.get(at++);
    }

    boolean skip(Kind kind) {
        if (sees(kind)) {
            at++;
            return true;
        }
        return false;
    }

    Token expect(Kind kind) {
        if (!sees(kind)) {
            throw unexpected();
        }
        return take();
    }

    /** Shows the unexpected token, and the text from the token before it to the one after it. */
    ApiException unexpected() {
        Token token = tokens.get(at);
        int start = at == 0 ? 0 : tokens.get(at - 1).start();
        Token last = tokens.get(Math.min(at + 1, tokens.size() - 1));
        return errors.syntax(token.kind() == Kind.END ? "<EOF>" : token.text(), text.substring(start, last.end()));
    }
}
