package io.gramme.security;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.security.identity.Identities;
import io.gramme.security.policy.ConditionContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of conditions that do not depend on items: who asks, when, from where, and what its request says.
 *
 * @param ofRequest by their names in lower case
 */
record RequestKeys(Caller caller, Map<String, String> resourceTags, Map<String, List<String>> ofRequest, Instant now)
        implements ConditionContext {
    private static final String PRINCIPAL_TAG = "aws:principaltag/";
    private static final String RESOURCE_TAG = "aws:resourcetag/";

    @Override
    public Optional<List<String>> values(String key) {
        List<String> given = ofRequest.get(key);
        if (given != null) {
            return Optional.of(given);
        }
        if (key.startsWith(PRINCIPAL_TAG)) {
            return tag(caller.principal().tags(), key.substring(PRINCIPAL_TAG.length()));
        }
        if (key.startsWith(RESOURCE_TAG)) {
            return tag(resourceTags, key.substring(RESOURCE_TAG.length()));
        }
        return ofCaller(key).or(() -> ofSource(key)).map(List::of);
    }

    /** Policies name tags without regard to case. */
    private static Optional<List<String>> tag(Map<String, String> tags, String name) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().toLowerCase(Locale.ROOT).equals(name))
                .min(Map.Entry.comparingByKey())
                .map(tag -> List.of(tag.getValue()));
    }

    private Optional<String> ofCaller(String key) {
        Principal principal = caller.principal();
        Optional<Principal.Session> session = principal.session();
        return switch (key) {
            case "aws:principalarn" -> Optional.of(principal.identityArn());
            case "aws:principalaccount" -> Optional.of(principal.account());
            case "aws:principaltype" -> Optional.of(type(principal));
            case "aws:userid" -> Optional.of(principal.id());
            case "aws:username" ->
                principal.kind() == Principal.Kind.USER ? Optional.of(Identities.nameOf(principal)) : Optional.empty();
            case "aws:tokenissuetime" -> session.map(one -> text(one.issued()));
            case "aws:multifactorauthpresent" -> session.map(one -> Boolean.toString(one.mfa()));
            case "aws:multifactorauthage" ->
                session.filter(Principal.Session::mfa)
                        .map(one -> Long.toString(ChronoUnit.SECONDS.between(one.issued(), now)));
            case "aws:sourceidentity" ->
                session.map(Principal.Session::sourceIdentity).filter(given -> !given.isEmpty());
            case "aws:principalisawsservice", "aws:viaawsservice" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    private static String type(Principal principal) {
        return switch (principal.kind()) {
            case SERVER -> "Service";
            case ROOT -> "Account";
            case USER -> "User";
            case ROLE -> "AssumedRole";
        };
    }

    private Optional<String> ofSource(String key) {
        Source source = caller.source();
        return switch (key) {
            case "aws:sourceip" -> Optional.of(source.address()).filter(given -> !given.isEmpty());
            case "aws:securetransport" -> Optional.of(Boolean.toString(source.secure()));
            case "aws:useragent" -> Optional.of(source.userAgent()).filter(given -> !given.isEmpty());
            case "aws:referer" -> Optional.of(source.referer()).filter(given -> !given.isEmpty());
            case "aws:requestedregion" -> Optional.of(caller.region());
            case "aws:currenttime" -> Optional.of(text(now));
            case "aws:epochtime" -> Optional.of(Long.toString(now.getEpochSecond()));
            default -> Optional.empty();
        };
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
