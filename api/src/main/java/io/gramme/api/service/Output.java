package io.gramme.api.service;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a structure of a response, member by member. */
public final class Output {
    private final Map<String, Document> members = new LinkedHashMap<>();

    public Output put(String member, String value) {
        return put(member, new Document.Text(value));
    }

    public Output put(String member, double value) {
        return put(member, new Document.Real(value));
    }

    public Output put(String member, Instant value) {
        return put(member, new Document.Time(value));
    }

    public Output put(String member, List<Document> elements) {
        return put(member, new Document.Sequence(elements));
    }

    public Output put(String member, Document value) {
        members.put(member, value);
        return this;
    }

    /** Leaves the member out if there is no value. */
    public Output put(String member, Optional<String> value) {
        value.ifPresent(text -> put(member, text));
        return this;
    }

    public Document.Structure done() {
        return new Document.Structure(members);
    }
}
