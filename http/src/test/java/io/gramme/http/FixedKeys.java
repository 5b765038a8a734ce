package io.gramme.http;

import io.gramme.core.identity.AccessKeys;
import io.gramme.core.identity.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The access keys of tests: of a root, of a session, and of a session that has ended. */
final class FixedKeys implements AccessKeys {
    static final String ID = "AKIDEXAMPLE";
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String SESSION_ID = "ASIASESSION";
    static final String ENDED_ID = "ASIAENDED";
    static final String TOKEN = "token+/==";
    static final Principal ROOT = Principal.root("111122223333");

    private final Map<String, String> tokens = new HashMap<>(Map.of(SESSION_ID, TOKEN, ENDED_ID, TOKEN));
    private final Map<String, String> secrets = new HashMap<>(Map.of(ID, SECRET, SESSION_ID, SECRET, ENDED_ID, SECRET));

    FixedKeys withToken(String id, String token) {
        tokens.put(id, token);
        return this;
    }

    void setSecret(String id, String secret) {
        secrets.put(id, secret);
    }

    @Override
    public Found find(String id, Optional<String> sessionToken) {
        String secret = secrets.get(id);
        if (secret == null) {
            return new Found.Unknown();
        }
        if (!Optional.ofNullable(tokens.get(id)).equals(sessionToken)) {
            return new Found.WrongToken(secret);
        }
        return id.equals(ENDED_ID) ? new Found.Expired(secret) : new Found.Key(secret, ROOT);
    }
}
