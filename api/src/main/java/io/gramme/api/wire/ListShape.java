package io.gramme.api.wire;

import io.gramme.core.error.RequestErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

final class ListShape<T> extends Shape<List<T>> {
    private final Shape<T> element;
    private final Bounds length;

    ListShape(Shape<T> element, Bounds length) {
        this.element = element;
        this.length = length;
    }

    @Override
    @Nullable List<T> read(Reading in) {
        in.requireList();
        var elements = new ArrayList<T>();
        int count = 0;
        in.beginCollection();
        while (in.json.nextToken() != JsonToken.END_ARRAY) {
            in.enterElement(count++);
            T next = readElement(in);
            in.leave();
            if (next != null) {
                elements.add(next);
            }
        }
        if (!length.hold(count)) {
            in.broken(length.brokenByLength(count).orElseThrow(), elements);
        }
        if (in.collectionHasBrokenParts()) {
            in.brokenParts(RequestErrors.everyElement(element.phrases()), elements);
        }
        return elements.size() == count ? List.copyOf(elements) : null;
    }

    private @Nullable T readElement(Reading in) {
        if (in.json.currentToken() == JsonToken.VALUE_NULL) {
            in.missing();
            return null;
        }
        return element.read(in);
    }

    @Override
    void write(JsonGenerator out, List<T> elements) {
        out.writeStartArray();
        for (T one : elements) {
            element.write(out, one);
        }
        out.writeEndArray();
    }

    @Override
    List<String> phrases() {
        return length.lengthPhrases();
    }
}
