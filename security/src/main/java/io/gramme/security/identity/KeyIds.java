package io.gramme.security.identity;

import java.security.SecureRandom;

/**
 * New ids of keys and identities, of letters and digits of base 32. The tail of a key's id begins with {@code GRAM}, by
 * which scanners for leaked secrets tell it from those of AWS.
 */
public final class KeyIds {
    static final String PERMANENT = "AKIA";
    static final String TEMPORARY = "ASIA";
    private static final String MARK = "GRAM";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int TAIL = 16;
    private static final int IDENTITY_TAIL = 17;

    private final SecureRandom random = new SecureRandom();

    String permanent() {
        return PERMANENT + MARK + letters(TAIL - MARK.length());
    }

    String temporary() {
        return TEMPORARY + MARK + letters(TAIL - MARK.length());
    }

    /** The unique id of something new. */
    public String of(Label.Kind kind) {
        return kind.idPrefix() + letters(IDENTITY_TAIL);
    }

    private String letters(int count) {
        var letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }
}
