package io.gramme.http;

import java.util.Locale;

/**
 * The account number that an access key id belongs to.
 *
 * <p>An id of twelve digits is the account number itself, so that tests can choose one. The service's own ids (four
 * letters, then sixteen characters of base 32) encode the account: the first six bytes of what the sixteen characters
 * decode to, shifted right by seven bits, without the topmost bit. Every other id belongs to the {@link #DEFAULT}
 * account.
 */
final class AccountNumber {
    static final String DEFAULT = "000000000000";

    private static final int DIGITS = 12;
    private static final long BOUND = 1_000_000_000_000L;
    private static final int KEY_ID_LENGTH = 20;
    private static final int PREFIX_LENGTH = 4;
    /** Ten characters of base 32 are 50 bits, of which the topmost 48 are the six bytes. */
    private static final int CHARACTERS = 10;

    private static final int SURPLUS_BITS = 2;
    private static final long MASK = 0x7fff_ffff_ff80L;
    private static final int SHIFT = 7;

    private AccountNumber() {}

    static String of(String keyId) {
        if (keyId.length() == DIGITS && keyId.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return keyId;
        }
        boolean issued = keyId.length() == KEY_ID_LENGTH && (keyId.startsWith("AKIA") || keyId.startsWith("ASIA"));
        return issued ? decoded(keyId) : DEFAULT;
    }

    private static String decoded(String keyId) {
        long bits = 0;
        for (int i = PREFIX_LENGTH; i < KEY_ID_LENGTH; i++) {
            int digit = base32(keyId.charAt(i));
            if (digit < 0) {
                return DEFAULT;
            }
            if (i < PREFIX_LENGTH + CHARACTERS) {
                bits = (bits << 5) | digit;
            }
        }
        long account = ((bits >>> SURPLUS_BITS) & MASK) >>> SHIFT;
        return account < BOUND ? String.format(Locale.ROOT, "%012d", account) : DEFAULT;
    }

    private static int base32(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
    }
}
