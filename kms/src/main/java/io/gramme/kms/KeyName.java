package io.gramme.kms;

import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a request names a key: by its id or its ARN, or by an alias or the ARN of one.
 *
 * @param name an id, or an alias with the word {@code alias/} before it
 */
record KeyName(AccountRegion home, String name) {
    static final String ALIAS = "alias/";
    private static final String KEY = "key/";
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final int ARN_PARTS = 6;

    /**
     * Reads a name; empty if it is none.
     *
     * @param home of a name without account and region
     */
    static Optional<KeyName> read(AccountRegion home, String given) {
        if (!given.startsWith("arn:")) {
            return Optional.of(new KeyName(home, given)).filter(KeyName::isValid);
        }
        String[] parts = given.split(":", ARN_PARTS);
        if (parts.length < ARN_PARTS
                || !parts[2].equals("kms")
                || parts[3].isEmpty()
                || !ACCOUNT.matcher(parts[4]).matches()) {
            return Optional.empty();
        }
        String resource = parts[5];
        String name = resource.startsWith(KEY) ? resource.substring(KEY.length()) : resource;
        return Optional.of(new KeyName(new AccountRegion(parts[4], parts[3]), name))
                .filter(found -> found.isValid() && found.isAlias() != resource.startsWith(KEY));
    }

    private boolean isValid() {
        return isAlias() ? name.length() > ALIAS.length() : ID.matcher(name).matches();
    }

    boolean isAlias() {
        return name.startsWith(ALIAS);
    }
}
