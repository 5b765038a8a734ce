package io.gramme.security.identity;

import java.util.List;

/**
 * The row of an account that every change of its identities writes: servers see by its version that something changed.
 *
 * @param rootKeys the ids of the access keys of the account itself
 */
public record AccountTotals(int users, int groups, int roles, int policies, List<String> rootKeys) {
    static final AccountTotals NONE = new AccountTotals(0, 0, 0, 0, List.of());

    public AccountTotals {
        rootKeys = List.copyOf(rootKeys);
    }

    AccountTotals plus(Label.Kind kind, int more) {
        return switch (kind) {
            case USER -> new AccountTotals(users + more, groups, roles, policies, rootKeys);
            case GROUP -> new AccountTotals(users, groups + more, roles, policies, rootKeys);
            case ROLE -> new AccountTotals(users, groups, roles + more, policies, rootKeys);
            case POLICY -> new AccountTotals(users, groups, roles, policies + more, rootKeys);
        };
    }

    AccountTotals with(List<String> otherRootKeys) {
        return new AccountTotals(users, groups, roles, policies, otherRootKeys);
    }
}
