package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/** The shape of a string from a fixed set of names. */
public final class EnumShape<E extends Enum<E> & WireEnum> extends Shape<E> {
    private final Map<String, E> constants = new HashMap<>();
    private final Rule.OneOf rule;

    /**
     * @param newer the names as the newer error texts list them
     * @param older the names as the older error texts list them: two orders, neither of them the model's
     */
    public EnumShape(E[] constants, List<String> newer, List<String> older) {
        for (E constant : constants) {
            this.constants.put(constant.wire(), constant);
        }
        this.rule = new Rule.OneOf(newer, older);
    }

    @Override
    @Nullable E read(Reading in) {
        if (in.json.currentToken() != JsonToken.VALUE_STRING) {
            throw in.notA("String", "java.lang.String");
        }
        String name = in.string();
        E constant = constants.get(name);
        if (constant == null) {
            in.broken(rule, name);
        }
        return constant;
    }

    @Override
    void write(JsonGenerator out, E value) {
        out.writeString(value.wire());
    }

    @Override
    List<String> phrases() {
        return List.of(RequestErrors.enumeration(rule.older()));
    }
}
