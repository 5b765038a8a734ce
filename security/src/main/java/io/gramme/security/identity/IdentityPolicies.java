package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The policies that say what an identity may do: its own and those of its groups.
 *
 * @param identity the inline and the attached ones
 * @param boundary the one that bounds what they allow; one that was deleted denies everything
 * @param version another for other policies: what was made of these can be kept under it
 */
public record IdentityPolicies(List<PolicyText> identity, Optional<PolicyText> boundary, long version) {

    /** For an identity that is not there, and for root, which needs none. */
    public static final IdentityPolicies NONE = of(List.of(), Optional.empty());

    /** The text in the place of a policy that was deleted. */
    public static final String DENY_ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    /**
     * A policy as it is stored.
     *
     * @param arn empty for an inline policy
     */
    public record PolicyText(String name, String arn, String text) {}

    public IdentityPolicies {
        identity = List.copyOf(identity);
    }

    static IdentityPolicies of(List<PolicyText> identity, Optional<PolicyText> boundary) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            identity.forEach(policy -> add(digest, policy));
            digest.update((byte) 0);
            boundary.ifPresent(policy -> add(digest, policy));
            return new IdentityPolicies(
                    identity, boundary, Bytes.wrap(digest.digest()).longAt(0));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, PolicyText policy) {
        for (String part : List.of(policy.name(), policy.arn(), policy.text())) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(Bytes.ofInt(bytes.length).shared());
            digest.update(bytes);
        }
    }

    int weight() {
        return identity.stream()
                        .mapToInt(policy -> 200 + policy.text().length())
                        .sum()
                + boundary.map(policy -> 200 + policy.text().length()).orElse(0);
    }
}
