package io.gramme.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Caller;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.tables.table.AccountRegion;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A request for an operation of KMS: its members by their constraints, from the service's API model. */
record KmsCall(String operation, Input input, Caller caller) {
    static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG_KEY = 128;
    private static final int LONGEST_TAG_VALUE = 256;
    private static final int MOST_ITEMS = 1_000;
    private static final int LONGEST_KEY_ID = 2_048;
    private static final int LONGEST_CONTEXT = 8_192;
    private static final int MOST_GRANT_TOKENS = 10;
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    static KmsCall of(ServiceRequest request) {
        return new KmsCall(request.operation(), request.input(), request.caller());
    }

    /** The account and region that the caller addresses where it names no other. */
    AccountRegion home() {
        return new AccountRegion(caller.account(), caller.region());
    }

    boolean has(String member) {
        return input.structure().members().containsKey(member);
    }

    Optional<String> optional(String member, int shortest, int longest) {
        return input.text(member).map(text -> {
            if (text.length() > longest) {
                throw KmsErrors.constraint(member, text, "Member must have length less than or equal to " + longest);
            }
            if (text.length() < shortest) {
                throw KmsErrors.constraint(
                        member, text, "Member must have length greater than or equal to " + shortest);
            }
            return text;
        });
    }

    String text(String member, int shortest, int longest) {
        return optional(member, shortest, longest).orElseThrow(() -> KmsErrors.missing(member));
    }

    Optional<String> optional(String member, int longest, Pattern pattern) {
        return optional(member, 1, longest).map(text -> {
            if (!pattern.matcher(text).matches()) {
                throw KmsErrors.constraint(
                        member, text, "Member must satisfy regular expression pattern: " + pattern.pattern());
            }
            return text;
        });
    }

    String text(String member, int longest, Pattern pattern) {
        return optional(member, longest, pattern).orElseThrow(() -> KmsErrors.missing(member));
    }

    Optional<String> keyId(String member) {
        return optional(member, 1, LONGEST_KEY_ID);
    }

    /** One of a set of names. */
    <E extends Enum<E>> Optional<E> choice(String member, Class<E> type) {
        return input.text(member).map(text -> {
            for (E one : type.getEnumConstants()) {
                if (one.name().equals(text)) {
                    return one;
                }
            }
            throw KmsErrors.constraint(
                    member, text, "Member must satisfy enum value set: " + List.of(type.getEnumConstants()));
        });
    }

    <E extends Enum<E>> E choiceOf(String member, Class<E> type) {
        return choice(member, type).orElseThrow(() -> KmsErrors.missing(member));
    }

    boolean flag(String member) {
        return input.flag(member).orElse(false);
    }

    Optional<Integer> number(String member, int least, int most) {
        OptionalLong found = input.whole(member);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long value = found.getAsLong();
        if (value > most) {
            throw KmsErrors.constraint(
                    member, Long.toString(value), "Member must have value less than or equal to " + most);
        }
        if (value < least) {
            throw KmsErrors.constraint(
                    member, Long.toString(value), "Member must have value greater than or equal to " + least);
        }
        return Optional.of((int) value);
    }

    /** Bytes, which JSON carries in base 64. */
    Optional<byte[]> optionalBytes(String member, int longest) {
        return input.text(member).map(text -> {
            byte[] bytes = decoded(member, text);
            if (bytes.length > longest) {
                throw KmsErrors.length(member, "less than or equal to " + longest);
            }
            if (bytes.length == 0) {
                throw KmsErrors.length(member, "greater than or equal to 1");
            }
            return bytes;
        });
    }

    byte[] bytes(String member, int longest) {
        return optionalBytes(member, longest).orElseThrow(() -> KmsErrors.missing(member));
    }

    private static byte[] decoded(String member, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw ServiceException.malformed("The value of " + member + " is not in base 64");
        }
    }

    /** Pairs of texts; no pairs if the member is absent. */
    EncryptionContext context(String member) {
        return context(input, member);
    }

    static EncryptionContext context(Input input, String member) {
        Optional<Input> found = input.structure(member);
        if (found.isEmpty()) {
            return EncryptionContext.NONE;
        }
        var pairs = new LinkedHashMap<String, String>();
        long length = 2;
        for (String name : found.get().structure().members().keySet()) {
            String value = found.get().text(name).orElse("");
            pairs.put(name, value);
            // With the quotes, the colon and the comma of its JSON, by which the service measures.
            length += name.getBytes(UTF_8).length + value.getBytes(UTF_8).length + 6L;
        }
        if (length > LONGEST_CONTEXT) {
            throw KmsErrors.validation(
                    "The encryption context is longer than " + LONGEST_CONTEXT + " bytes in its JSON form.");
        }
        return new EncryptionContext(pairs);
    }

    List<String> grantTokens() {
        List<String> tokens = input.texts("GrantTokens");
        if (tokens.size() > MOST_GRANT_TOKENS) {
            throw KmsErrors.length("GrantTokens", "less than or equal to " + MOST_GRANT_TOKENS);
        }
        return tokens;
    }

    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        for (Input tag : input.structures("Tags")) {
            String key = tag.text("TagKey").orElseThrow(() -> KmsErrors.missing("tagKey"));
            String value = tag.text("TagValue").orElseThrow(() -> KmsErrors.missing("tagValue"));
            requireTag(key, value);
            if (tags.put(key, value) != null) {
                throw KmsErrors.of("TagException", "Duplicate tag keys");
            }
        }
        requireFew(tags.size());
        return tags;
    }

    static void requireFew(int tags) {
        if (tags > MOST_TAGS) {
            throw KmsErrors.of("TagException", "Too many tags: a key has " + MOST_TAGS + " at most");
        }
    }

    private static void requireTag(String key, String value) {
        if (key.isEmpty() || key.length() > LONGEST_TAG_KEY || value.length() > LONGEST_TAG_VALUE) {
            throw KmsErrors.of("TagException", "A tag key has 1 to 128 characters, and a tag value 256 at most");
        }
        if (!TAG.matcher(key).matches() || !TAG.matcher(value).matches()) {
            throw KmsErrors.of("TagException", "A tag has a character that is not allowed");
        }
        if (key.regionMatches(true, 0, "aws:", 0, "aws:".length())) {
            throw KmsErrors.of("TagException", "Tag keys that begin with aws: are reserved");
        }
    }

    int limit(int absent) {
        return number("Limit", 1, MOST_ITEMS).orElse(absent);
    }

    /** Ends a request that only asks whether it would be fulfilled. */
    void endDryRun() {
        if (flag("DryRun")) {
            throw KmsErrors.dryRun();
        }
    }

    /** Attestation of enclaves has no counterpart here. */
    void refuseRecipient() {
        if (has("Recipient")) {
            throw KmsErrors.unsupported("Recipients are not supported: this server verifies no attestation documents.");
        }
    }

    static Document.Text encoded(byte[] bytes) {
        return new Document.Text(Base64.getEncoder().encodeToString(bytes));
    }
}
