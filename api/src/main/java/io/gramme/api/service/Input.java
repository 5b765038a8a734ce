package io.gramme.api.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads the members of a request by their types. A member of another type is refused by the name of its place, as
 * {@code Dimensions.member.1.Name}.
 *
 * @param place of this structure, with a dot behind it; empty for the request
 */
public record Input(Document.Structure structure, String place) {
    private static final int LONGEST_NUMBER = 20;

    public static Input of(Document.Structure request) {
        return new Input(request, "");
    }

    /** The name of a member as error texts spell it. */
    public String place(String member) {
        return place + member;
    }

    private <T> Optional<T> read(String member, Function<Document, Optional<T>> reader) {
        Document found = structure.members().get(member);
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(reader.apply(found).orElseThrow(() -> malformed(member)));
    }

    private ServiceException malformed(String member) {
        return ServiceException.malformed("The value of " + place(member) + " has the wrong type");
    }

    public Optional<String> text(String member) {
        return read(member, Input::text);
    }

    private static Optional<String> text(Document document) {
        return switch (document) {
            case Document.Text(var value) -> Optional.of(value);
            case Document.Word(var value) -> Optional.of(value);
            default -> Optional.empty();
        };
    }

    public OptionalLong whole(String member) {
        Optional<Long> found = read(member, Input::whole);
        return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    }

    private static Optional<Long> whole(Document document) {
        return switch (document) {
            case Document.Whole(var value) -> Optional.of(value);
            case Document.Real(var value)
            when value == Math.rint(value) && Math.abs(value) < 1L << 53 -> Optional.of((long) value);
            case Document.Word(var value) -> parsed(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> parsed(String value) {
        try {
            return value.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(Long.parseLong(value));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    public Optional<Boolean> flag(String member) {
        return read(member, document -> switch (document) {
            case Document.Flag(var value) -> Optional.of(value);
            case Document.Word(var value) when value.equalsIgnoreCase("true") -> Optional.of(true);
            case Document.Word(var value) when value.equalsIgnoreCase("false") -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A time: seconds since the epoch in CBOR and JSON, ISO 8601 in the query protocol. */
    public Optional<Instant> time(String member) {
        return read(member, document -> {
            try {
                return switch (document) {
                    case Document.Time(var value) -> Optional.of(value);
                    case Document.Whole(var value) -> Optional.of(Instant.ofEpochSecond(value));
                    case Document.Real(var value) -> ofSeconds(value);
                    case Document.Word(var value) -> Optional.of(ofText(value));
                    // Some clients send the text of ISO 8601 in JSON, too.
                    case Document.Text(var value) -> Optional.of(ofText(value));
                    default -> Optional.empty();
                };
            } catch (DateTimeException | ArithmeticException _) {
                return Optional.empty();
            }
        });
    }

    /** A fraction is rounded to milliseconds. */
    public static Optional<Instant> ofSeconds(double seconds) {
        boolean sensible = Math.abs(seconds) < 1e11;
        return sensible ? Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1_000))) : Optional.empty();
    }

    /** With an offset, or without one in UTC, or a date alone. */
    private static Instant ofText(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    public Optional<Input> structure(String member) {
        return read(
                member,
                document -> document instanceof Document.Structure found
                        ? Optional.of(new Input(found, place(member) + "."))
                        : Optional.empty());
    }

    /** The texts of a list; empty if it is absent. */
    public List<String> texts(String member) {
        var texts = new ArrayList<String>();
        for (Document element : elements(member)) {
            texts.add(text(element).orElseThrow(() -> malformed(member)));
        }
        return texts;
    }

    /** The structures of a list; empty if it is absent. */
    public List<Input> structures(String member) {
        var structures = new ArrayList<Input>();
        for (Document element : elements(member)) {
            if (!(element instanceof Document.Structure found)) {
                throw malformed(member);
            }
            structures.add(new Input(found, place(member) + ".member." + (structures.size() + 1) + "."));
        }
        return structures;
    }

    private List<Document> elements(String member) {
        return read(member, Input::elements).orElse(List.of());
    }

    private static Optional<List<Document>> elements(Document document) {
        return switch (document) {
            case Document.Sequence(var elements) -> Optional.of(elements);
            // The query protocol sends an empty list as an empty text.
            case Document.Word(var value) when value.isEmpty() -> Optional.of(List.of());
            default -> Optional.empty();
        };
    }
}
