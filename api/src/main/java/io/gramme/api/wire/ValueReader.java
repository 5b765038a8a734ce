package io.gramme.api.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Parses attribute values and items. An invalid value is recorded as a fault, and a null value replaces it. */
final class ValueReader {
    private static final Value PLACEHOLDER = Value.Null.NULL;
    private static final int MAX_NAME_LENGTH = 65_535;

    /** How many nested lists and maps are parsed at all; a valid value has far fewer (measured). */
    private static final int MAX_CONTAINERS = 100;

    private ValueReader() {}

    static Item item(Reading in) {
        in.requireStructure();
        return Item.wrap(entries(in, 1));
    }

    static Value value(Reading in) {
        return value(in, 1);
    }

    private static Value value(Reading in, int level) {
        JsonParser json = in.json;
        in.requireStructure();
        if (level == ItemSize.MAX_DEPTH + 1) {
            in.fault(RequestErrors.nestedTooDeep()); // And read on: members further below may have the wrong type.
        }
        Value value = PLACEHOLDER;
        Value.Type given = null;
        boolean several = false;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken token = json.nextToken();
            Value.Type type = type(name);
            if (type == null) {
                json.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                given = type == given ? null : given;
            } else {
                several |= given != null && given != type;
                given = type;
                value = value(type, in, level);
            }
        }
        if (given == null) {
            in.fault(RequestErrors.noDatatype());
        } else if (several) {
            in.fault(RequestErrors.severalDatatypes());
        }
        return level > ItemSize.MAX_DEPTH ? PLACEHOLDER : value;
    }

    private static Value.@Nullable Type type(String name) {
        return switch (name) {
            case "S" -> Value.Type.S;
            case "N" -> Value.Type.N;
            case "B" -> Value.Type.B;
            case "SS" -> Value.Type.SS;
            case "NS" -> Value.Type.NS;
            case "BS" -> Value.Type.BS;
            case "BOOL" -> Value.Type.BOOL;
            case "NULL" -> Value.Type.NULL;
            case "L" -> Value.Type.L;
            case "M" -> Value.Type.M;
            default -> null;
        };
    }

    private static Value value(Value.Type type, Reading in, int level) {
        return switch (type) {
            case S -> new Value.S(string(in));
            case N -> number(in);
            case B -> new Value.B(Base64Text.read(in));
            case SS -> stringSet(in);
            case NS -> numberSet(in);
            case BS -> binarySet(in);
            case BOOL -> Value.Bool.of(in.flag());
            case NULL -> nullValue(in);
            case L -> list(in, level);
            case M -> map(in, level);
        };
    }

    private static String string(Reading in) {
        if (in.json.currentToken() != JsonToken.VALUE_STRING) {
            throw in.notA("String", "java.lang.String");
        }
        return in.string();
    }

    private static Value number(Reading in) {
        String text = string(in);
        try {
            return new Value.N(Decimal.parse(text).writtenAs(text));
        } catch (ApiException notANumber) {
            return faultyNumber(in, text, notANumber);
        }
    }

    private static Value faultyNumber(Reading in, String text, ApiException notANumber) {
        return faulty(in, notANumber, inOlderWords(text, notANumber));
    }

    private static ApiException inOlderWords(String text, ApiException notANumber) {
        if (text.isEmpty()) {
            return RequestErrors.emptyNumberInOlderWords();
        }
        try {
            Decimal.parseWithIntExponent(text);
            return notANumber;
        } catch (ApiException olderError) {
            return olderError;
        }
    }

    private static Value nullValue(Reading in) {
        return in.flag() ? Value.Null.NULL : faulty(in, RequestErrors.falseNull());
    }

    private static Value stringSet(Reading in) {
        List<String> members = members(in, ValueReader::string);
        if (members.isEmpty()) {
            return faulty(in, RequestErrors.emptyStringSet());
        }
        var set = new Value.SS(members);
        if (hasEqualNeighbours(set.members())) {
            return faulty(
                    in,
                    RequestErrors.duplicateStrings(upToRepeat(members, Utf8::compare)),
                    RequestErrors.duplicateStringsInOlderWords(members));
        }
        return set;
    }

    private static Value numberSet(Reading in) {
        List<String> texts = members(in, ValueReader::string);
        if (texts.isEmpty()) {
            return faulty(in, RequestErrors.emptyNumberSet());
        }
        var members = new ArrayList<Decimal>(texts.size());
        for (String text : texts) {
            try {
                members.add(Decimal.parse(text));
            } catch (ApiException notANumber) {
                return faultyNumber(in, text, notANumber);
            }
        }
        var set = new Value.NS(members);
        if (hasEqualNeighbours(set.members())) {
            return faulty(in, RequestErrors.duplicateNumbers(), RequestErrors.duplicateNumbersInOlderWords());
        }
        return set;
    }

    private static Value binarySet(Reading in) {
        List<Bytes> members = members(in, Base64Text::read);
        if (members.isEmpty()) {
            return faulty(in, RequestErrors.emptyBinarySet());
        }
        var set = new Value.BS(members);
        if (hasEqualNeighbours(set.members())) {
            return faulty(
                    in,
                    RequestErrors.duplicateBytes(encoded(upToRepeat(members, Comparator.naturalOrder()))),
                    RequestErrors.duplicateBytesInOlderWords(encoded(bySignedBytes(members))));
        }
        return set;
    }

    /** The members before the first duplicate, in ascending order, followed by the duplicate (measured). */
    private static <T> List<T> upToRepeat(List<T> members, Comparator<T> order) {
        var shown = new TreeSet<T>(order);
        for (T member : members) {
            if (!shown.add(member)) {
                return Stream.concat(shown.stream(), Stream.of(member)).toList();
            }
        }
        return List.copyOf(shown);
    }

    private static List<String> encoded(List<Bytes> members) {
        return members.stream().map(Base64Text::encode).toList();
    }

    /** The order of Java's byte buffers, in which the older words show a set. */
    private static List<Bytes> bySignedBytes(List<Bytes> members) {
        return members.stream()
                .sorted(Comparator.comparing(Bytes::shared, Arrays::compare))
                .toList();
    }

    private static <T> List<T> members(Reading in, Function<Reading, T> read) {
        in.requireList();
        var members = new ArrayList<T>();
        while (in.json.nextToken() != JsonToken.END_ARRAY) {
            if (in.json.currentToken() == JsonToken.VALUE_NULL) {
                in.fault(RequestErrors.noDatatype());
            } else {
                members.add(read.apply(in));
            }
        }
        return members;
    }

    private static boolean hasEqualNeighbours(List<?> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).equals(sorted.get(i - 1))) {
                return true;
            }
        }
        return false;
    }

    private static Value list(Reading in, int level) {
        in.requireList();
        requireReadable(level);
        var elements = new ArrayList<Value>();
        while (in.json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(valueOrNull(in, level + 1));
        }
        return new Value.L(elements);
    }

    private static Value map(Reading in, int level) {
        in.requireStructure();
        requireReadable(level);
        return new Value.M(entries(in, level + 1));
    }

    private static void requireReadable(int level) {
        if (level > MAX_CONTAINERS) {
            throw RequestErrors.malformed();
        }
    }

    private static Map<String, Value> entries(Reading in, int level) {
        var entries = new LinkedHashMap<String, Value>();
        for (String name = in.json.nextName(); name != null; name = in.json.nextName()) {
            if (name.isEmpty()) {
                in.fault(RequestErrors.emptyAttributeName());
            } else if (name.length() > MAX_NAME_LENGTH) {
                in.brokenName(RequestErrors.everyKey(List.of(RequestErrors.lengthAtMost(MAX_NAME_LENGTH))), name);
            }
            in.json.nextToken();
            entries.put(name, valueOrNull(in, level));
        }
        return entries;
    }

    /** JSON's null counts as an absent value, and so as one without a datatype. */
    private static Value valueOrNull(Reading in, int level) {
        if (in.json.currentToken() == JsonToken.VALUE_NULL) {
            return faulty(in, RequestErrors.noDatatype());
        }
        return value(in, level);
    }

    private static Value faulty(Reading in, ApiException error) {
        return faulty(in, error, error);
    }

    private static Value faulty(Reading in, ApiException error, ApiException olderError) {
        in.fault(error, olderError);
        return PLACEHOLDER;
    }
}
