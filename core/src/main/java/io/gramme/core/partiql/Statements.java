package io.gramme.core.partiql;

import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Value;
import java.util.List;

/** Parses and binds the text of a statement. */
public final class Statements {
    private Statements() {}

    /**
     * @param parameters the values of the statement's question marks, in their order; further ones are ignored (not
     *     captured from the service)
     * @throws io.gramme.core.error.ApiException VALIDATION, for what the service refuses for every table
     */
    public static Statement read(String text, List<Value> parameters) {
        Parser.Parsed parsed = Parser.parse(text);
        if (parsed.parameters() > parameters.size()) {
            throw PartiqlErrors.parametersMismatch();
        }
        return new StatementBinder(new Literals(parameters)).bind(parsed.sentence());
    }
}
