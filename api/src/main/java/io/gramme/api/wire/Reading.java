package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;

/**
 * The state of the parsing of one request: the parser, its current place, and the faults found so far. A valid request
 * allocates nothing here but the steps of the place.
 *
 * <p>A value of the wrong JSON type ends the parsing with an {@link ApiException}. Broken constraints and invalid
 * attribute values do not: they are collected, because the service answers for them later and in an order of its own.
 */
final class Reading {
    /** More than the nesting of the model's structures; attribute values take no steps. */
    private static final int MAX_STEPS = 32;

    final JsonParser json;
    private final PlainStrings plainStrings;
    /** Provides the wording only if there is a fault to word. */
    private final Operation<?, ?> operation;

    /** A {@link Member}, the String key of an entry, or null for an element of a list. */
    private final @Nullable Object[] steps = new Object[MAX_STEPS];

    private final int[] orders = new int[MAX_STEPS];

    /** Whether the list or map at this depth has a part that breaks a constraint. */
    private final boolean[] brokenParts = new boolean[MAX_STEPS];

    private int depth;
    private @Nullable Violations violations;
    private ValueFaults faults = ValueFaults.NONE;

    /** @param body that {@code json} parses, in valid UTF-8 */
    Reading(JsonParser json, byte[] body, Operation<?, ?> operation) {
        this.json = json;
        this.plainStrings = new PlainStrings(body);
        this.operation = operation;
    }

    // The place.

    void enterMember(Member member, int position) {
        enter(member, position);
    }

    void enterElement(int index) {
        enter(null, index);
    }

    void enterEntry(String key, int index) {
        enter(key, index);
    }

    private void enter(@Nullable Object step, int order) {
        steps[depth] = step;
        orders[depth] = order;
        depth++;
    }

    void leave() {
        depth--;
    }

    private Place place() {
        var place = new ArrayList<Place.Step>(depth);
        for (int i = 0; i < depth; i++) {
            place.add(
                    switch (steps[i]) {
                        case Member member -> new Place.ToMember(member.name, i == 0 ? rank(member) : orders[i]);
                        case String key -> new Place.ToEntry(key, orders[i]);
                        case null, default -> new Place.ToElement(orders[i]);
                    });
        }
        return new Place(place);
    }

    private int rank(Member member) {
        return operation.wording().rank(member.name, orders[0]);
    }

    // The faults.

    void broken(String phrase, Object value) {
        broken(new Rule.Bound(phrase), value);
    }

    void broken(Rule rule, Object value) {
        if (atPart()) {
            brokenParts[depth - 1] = true;
        }
        report(rule, value);
    }

    /** An attribute name breaks a rule, which is reported for its item and never for a list of items. */
    void brokenName(String phrase, String name) {
        report(atPart() ? new Rule.Parts(phrase) : new Rule.Bound(phrase), name);
    }

    private boolean atPart() {
        return depth > 0 && !(steps[depth - 1] instanceof Member);
    }

    void missing() {
        report(new Rule.Required(), null);
    }

    private void report(Rule rule, @Nullable Object value) {
        if (violations == null) {
            violations = new Violations(operation.wording());
        }
        violations.add(new Violation(place(), rule, value));
    }

    void beginCollection() {
        brokenParts[depth] = false;
    }

    boolean collectionHasBrokenParts() {
        return brokenParts[depth];
    }

    void brokenParts(String phrase, Object collection) {
        report(new Rule.Parts(phrase), collection);
    }

    /** Records that an attribute value is invalid. */
    void fault(ApiException error) {
        fault(error, error);
    }

    /** The same, where operations with the older words have a different text. */
    void fault(ApiException error, ApiException olderError) {
        if (faults.isEmpty()) {
            faults = new ValueFaults();
        }
        Optional<String> placeholder = steps[depth - 1] instanceof String key ? Optional.of(key) : Optional.empty();
        var fault = new ValueFaults.Fault(topMember(), placeholder, error, olderError);
        if (depth > 1 && steps[1] == null) {
            faults.add(fault, orders[1]);
        } else {
            faults.add(fault);
        }
    }

    /** Discards the faults of this member, because the same member follows again. */
    void forget() {
        if (violations != null) {
            violations.forgetUnder(place());
        }
        // A fault is kept by its top member alone, so a deeper one cannot be discarded.
        if (depth == 1 && !faults.isEmpty()) {
            faults.forget(topMember());
        }
    }

    private String topMember() {
        return steps[0] instanceof Member member ? member.name : "";
    }

    ValueFaults faults() {
        return faults;
    }

    void requireSound() {
        if (violations == null) {
            return;
        }
        Optional<ApiException> answer = violations.answer();
        if (answer.isPresent()) {
            throw answer.get();
        }
    }

    // Tokens.

    /** The current token, which is a string. */
    String string() {
        String plain = plainStrings.current(json);
        return plain == null ? json.getString() : plain;
    }

    void requireStructure() {
        switch (json.currentToken()) {
            case START_OBJECT -> {}
            case START_ARRAY -> throw RequestErrors.listNotExpected();
            default -> throw RequestErrors.scalarNotExpected();
        }
    }

    void requireList() {
        switch (json.currentToken()) {
            case START_ARRAY -> {}
            case START_OBJECT -> throw RequestErrors.structureNotExpected();
            default -> throw RequestErrors.scalarNotExpected();
        }
    }

    boolean flag() {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw notA("Boolean", "java.lang.Boolean");
        };
    }

    boolean atNumber() {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /**
     * A whole number. A fraction is cut off, as the service's Java does; a number too large is refused: how the service
     * answers it is not known.
     */
    long integer(long least, long most, String type) {
        if (!atNumber()) {
            throw notA(type, "java.lang." + type);
        }
        if (json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            double number = json.getDoubleValue();
            // The upper bound is exclusive, because the largest long rounds up to a double beyond every long.
            if (!(number >= least && number < most + 1.0)) {
                throw notA(type, "java.lang." + type);
            }
            return (long) number;
        }
        if (json.getNumberType() == NumberType.BIG_INTEGER) {
            throw notA(type, "java.lang." + type);
        }
        long number = json.getLongValue();
        if (number < least || number > most) {
            throw notA(type, "java.lang." + type);
        }
        return number;
    }

    /** The current token cannot be converted to a scalar, which to the service is the Java class {@code type}. */
    ApiException notA(String type, String qualifiedType) {
        return switch (json.currentToken()) {
            case START_OBJECT -> RequestErrors.structureNotExpected();
            case START_ARRAY -> RequestErrors.listInsteadOf(qualifiedType);
            case VALUE_STRING -> RequestErrors.notConvertible("STRING_VALUE", type);
            case VALUE_NUMBER_INT -> RequestErrors.notConvertible("NUMBER_VALUE", type);
            case VALUE_NUMBER_FLOAT -> RequestErrors.notConvertible("DECIMAL_VALUE", type);
            case VALUE_TRUE -> RequestErrors.notConvertible("TRUE_VALUE", type);
            case VALUE_FALSE -> RequestErrors.notConvertible("FALSE_VALUE", type);
            default -> RequestErrors.scalarNotExpected();
        };
    }
}
