package io.gramme.tables.access;

import java.util.Map;

/**
 * The identity on whose behalf a request runs. It is apart from the account and region whose resources the request
 * addresses: a request may address the tables of another account.
 *
 * @param account the account of the identity, twelve digits; empty for the server itself
 * @param arn its Amazon Resource Name
 * @param session the name of the session in which it acts; empty if it acts with keys of its own
 * @param tags of the identity and its session
 */
public record Principal(String account, String arn, String session, Map<String, String> tags) {
    /** The server itself, for work that no request asked for. It may do everything. */
    public static final Principal SERVER =
            new Principal("", "arn:aws:iam:::service/dynamodb.amazonaws.com", "", Map.of());

    public Principal {
        tags = Map.copyOf(tags);
    }

    /** The root identity of an account, which may do everything in it. */
    public static Principal root(String account) {
        return new Principal(account, "arn:aws:iam::" + account + ":root", "", Map.of());
    }
}
