package io.gramme.security.iam;

import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.Label;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for an operation of IAM: its members by their constraints, and what its caller may do. */
record IamCall(String operation, Input input, Caller caller, Authorizer authorizer) {
    static final int MOST_TAGS = 50;
    private static final int MOST_ITEMS = 1_000;
    private static final int DEFAULT_ITEMS = 100;

    /**
     * @param tags of the resource
     * @param keys of conditions that the request determines
     * @throws ServiceException if the caller may not do this operation with the resource
     */
    void require(String resource, Map<String, String> tags, Map<String, List<String>> keys) {
        var all = new LinkedHashMap<String, List<String>>();
        keys.forEach((key, values) -> all.put(key.toLowerCase(Locale.ROOT), values));
        tags.forEach((key, value) -> all.put("iam:resourcetag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
        var target = new Authorizer.Resource(resource, account(), tags, Optional.empty());
        try {
            authorizer.require(
                    caller, new Authorizer.Permission("iam:" + operation, target, all, Authorizer.Items.NONE));
        } catch (ApiException refusal) {
            throw refusal.code() == ErrorCode.ACCESS_DENIED ? IamErrors.accessDenied(refusal.text()) : refusal;
        }
    }

    void require(String resource, Map<String, List<String>> keys) {
        require(resource, Map.of(), keys);
    }

    void require(String resource) {
        require(resource, Map.of());
    }

    String account() {
        return caller.account();
    }

    String text(String member, Word word) {
        return word.check(member, input.text(member).orElseThrow(() -> IamErrors.missing(member)));
    }

    Optional<String> optional(String member, Word word) {
        return input.text(member).map(text -> word.check(member, text));
    }

    /** The name of the user of a request that may leave it out: then it is the caller. Empty for the root of the account. */
    String userOrCaller() {
        return optional("UserName", Word.USER_NAME).orElseGet(() -> switch (caller.principal()
                .kind()) {
            case USER -> Identities.nameOf(caller.principal());
            case ROOT, SERVER -> "";
            case ROLE -> throw IamErrors.validation("Must specify userName when calling with non-User credentials");
        });
    }

    String path(Word word) {
        return optional("Path", word).orElse("/");
    }

    /** Between bounds, or refused. */
    int number(String member, int least, int most, int absent) {
        OptionalLong found = input.whole(member);
        if (found.isEmpty()) {
            return absent;
        }
        long value = found.getAsLong();
        if (value > most) {
            throw IamErrors.constraint(
                    member, "'" + value + "'", "Member must have value less than or equal to " + most);
        }
        if (value < least) {
            throw IamErrors.constraint(
                    member, "'" + value + "'", "Member must have value greater than or equal to " + least);
        }
        return (int) value;
    }

    int maxItems() {
        return number("MaxItems", 1, MOST_ITEMS, DEFAULT_ITEMS);
    }

    Optional<String> pathPrefix() {
        return optional("PathPrefix", Word.PATH_PREFIX);
    }

    boolean isUnder(Label label) {
        return pathPrefix().map(label.path()::startsWith).orElse(true);
    }

    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        for (Input tag : input.structures("Tags")) {
            String key = Word.TAG_KEY.check("key", tag.text("Key").orElseThrow(() -> IamErrors.missing("key")));
            String value =
                    Word.TAG_VALUE.check("value", tag.text("Value").orElseThrow(() -> IamErrors.missing("value")));
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw IamErrors.invalid("Tag keys that begin with aws: are reserved");
            }
            if (tags.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw IamErrors.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(key, value);
            if (tags.size() > MOST_TAGS) {
                throw IamErrors.validation("1 validation error detected: Value at 'tags' failed to satisfy constraint:"
                        + " Member must have length less than or equal to " + MOST_TAGS);
            }
        }
        return tags;
    }

    List<String> tagKeys() {
        List<String> keys = input.texts("TagKeys");
        keys.forEach(key -> Word.TAG_KEY.check("tagKeys", key));
        return keys;
    }

    /** The condition keys of tags in a request. */
    static Map<String, List<String>> tagKeys(Map<String, String> tags) {
        var keys = new LinkedHashMap<String, List<String>>();
        tags.forEach((key, value) -> keys.put("aws:RequestTag/" + key, List.of(value)));
        if (!tags.isEmpty()) {
            keys.put("aws:TagKeys", List.copyOf(tags.keySet()));
        }
        return keys;
    }

    static Map<String, List<String>> with(Map<String, List<String>> keys, String key, Optional<String> value) {
        var more = new LinkedHashMap<>(keys);
        value.ifPresent(text -> more.put(key, List.of(text)));
        return more;
    }

    Principal principal() {
        return caller.principal();
    }

    /** A page of a list that is in memory as a whole. */
    <T> Marked<T> page(List<T> all) {
        int from = Marker.read(input).map(Marker::number).orElse(0);
        int to = Math.min(all.size(), from + maxItems());
        var some = new ArrayList<T>(from < to ? all.subList(from, to) : List.of());
        return new Marked<>(some, to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
    }

    /** @param next what the marker of the next page says */
    record Marked<T>(List<T> elements, Optional<String> next) {}
}
