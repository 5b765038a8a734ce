package io.gramme.security.identity;

import io.gramme.core.identity.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides by the policies of a caller, session policies among them, whether it may do something with identities. */
@FunctionalInterface
public interface Authorizer {
    /** Allows everything: for a server that asks for no credentials. */
    Authorizer UNRESTRICTED = (_, _) -> Optional.empty();

    /**
     * What is to be done.
     *
     * @param action as policies name it: {@code iam:CreateUser}
     * @param resource an ARN, or {@code *} for an action that has none
     * @param keys condition keys with their values, such as {@code aws:RequestTag/team}
     */
    record Touch(String action, String resource, Map<String, List<String>> keys) {
        public Touch {
            keys = Map.copyOf(keys);
        }
    }

    /** The text of the refusal, which the caller reads; empty if it may. */
    Optional<String> refusal(Caller caller, Touch touch);
}
