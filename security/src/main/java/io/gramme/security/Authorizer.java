package io.gramme.security;

import io.gramme.core.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decision whether callers may do what their requests need. Safe for use by many threads. */
public interface Authorizer {
    /** Everything is allowed. */
    Authorizer UNRESTRICTED = new Authorizer() {
        @Override
        public boolean decides() {
            return false;
        }

        @Override
        public void require(Caller caller, Permission permission) {}
    };

    /**
     * A resource of a service.
     *
     * @param arn or a star, for an operation that names no resource
     * @param account that owns it
     * @param tags of it
     * @param policy the text of its resource-based policy
     */
    record Resource(String arn, String account, Map<String, String> tags, Optional<String> policy) {
        public Resource {
            tags = Map.copyOf(tags);
        }

        /** One without tags and policies. */
        public static Resource of(String arn, String account) {
            return new Resource(arn, account, Map.of(), Optional.empty());
        }
    }

    /**
     * Something that a request needs.
     *
     * @param action as policies name it: {@code dynamodb:CreateTable}
     * @param keys of conditions that the request determines, by their names in lower case
     * @param items what is known of the items that it touches
     */
    record Permission(String action, Resource resource, Map<String, List<String>> keys, Items items) {
        public Permission {
            keys = Map.copyOf(keys);
        }

        public static Permission of(String action, Resource resource) {
            return new Permission(action, resource, Map.of(), Items.NONE);
        }
    }

    /** What is known of the items that a permission is about. */
    enum Items {
        /** It is about no items. */
        NONE,
        /** Nothing yet: what depends on conditions is left to {@link io.gramme.tables.access.Access}. */
        FOLLOW,
        /** Their table does not exist. */
        MISSING
    }

    /** Whether it may refuse anything. */
    default boolean decides() {
        return true;
    }

    /** @throws io.gramme.core.error.ApiException ACCESS_DENIED if the caller may not */
    void require(Caller caller, Permission permission);
}
