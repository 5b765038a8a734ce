package io.gramme.security.sts;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.IamArn;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.PolicyDocuments;
import io.gramme.security.identity.RoleTrust;
import io.gramme.security.identity.SessionMint.Result.Made;
import io.gramme.security.identity.SessionToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a session of a role, for a caller whom the role trusts. */
final class AssumeRole {
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int CHAIN_SECONDS = 3_600;

    private final Identities identities;
    private final RoleTrust trust;
    private final PolicyDocuments documents;
    private final Credentials credentials;

    AssumeRole(Identities identities, RoleTrust trust, PolicyDocuments documents, Credentials credentials) {
        this.identities = identities;
        this.trust = trust;
        this.documents = documents;
        this.credentials = credentials;
    }

    Document.Structure answer(Caller caller, Input members) {
        AssumeRoleInput input = AssumeRoleInput.of(members, documents);
        Principal principal = caller.principal();
        if (principal.kind() == Principal.Kind.ROOT && !trust.admitsRoots()) {
            throw StsErrors.accessDenied("Roles may not be assumed by root accounts.");
        }
        String source = sourceIdentity(principal, input);
        Map<String, String> inherited = inherited(principal, input);
        Role role = IamArn.ofRole(input.roleArn())
                .flatMap(name -> identities.store().role(name.account(), name.name()))
                .filter(found -> found.label().arn().equals(input.roleArn()))
                .filter(found -> trust.allows(caller, assumption(found, input, inherited, source)))
                // A stranger does not hear whether there is such a role.
                .orElseThrow(() -> StsErrors.notAuthorized(principal.arn(), "sts:AssumeRole", input.roleArn()));
        Made made = credentials.of(token(role, input, inherited, source, seconds(principal, input, role)));
        return answer(role, input, made);
    }

    private static String sourceIdentity(Principal principal, AssumeRoleInput input) {
        String before =
                principal.session().map(Principal.Session::sourceIdentity).orElse("");
        String wanted = input.sourceIdentity().orElse(before);
        if (!before.isEmpty() && !wanted.equals(before)) {
            throw StsErrors.accessDenied("The source identity of a session cannot be changed.");
        }
        return wanted;
    }

    /** The transitive tags of the caller's session, which it cannot replace. */
    private static Map<String, String> inherited(Principal principal, AssumeRoleInput input) {
        var inherited = new HashMap<String, String>();
        principal
                .session()
                .ifPresent(session -> session.transitiveTagKeys().forEach(key -> {
                    Optional.ofNullable(principal.tags().get(key)).ifPresent(value -> inherited.put(key, value));
                }));
        for (String key : inherited.keySet()) {
            if (input.tags().keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw StsErrors.validation(
                        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag"
                                + " key from the calling session.");
            }
        }
        return inherited;
    }

    private static RoleTrust.Assumption assumption(
            Role role, AssumeRoleInput input, Map<String, String> inherited, String source) {
        var actions = new HashSet<String>();
        actions.add("sts:AssumeRole");
        var keys = new HashMap<String, List<String>>();
        keys.put("sts:rolesessionname", List.of(input.session()));
        input.externalId().ifPresent(id -> keys.put("sts:externalid", List.of(id)));
        if (!source.isEmpty()) {
            actions.add("sts:SetSourceIdentity");
            keys.put("sts:sourceidentity", List.of(source));
        }
        var tags = new HashMap<>(inherited);
        tags.putAll(input.tags());
        if (!tags.isEmpty()) {
            actions.add("sts:TagSession");
            tags.forEach((key, value) -> keys.put("aws:requesttag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
            keys.put("aws:tagkeys", List.copyOf(tags.keySet()));
        }
        if (!input.transitiveTagKeys().isEmpty()) {
            keys.put("sts:transitivetagkeys", input.transitiveTagKeys());
        }
        var target = new Authorizer.Resource(
                role.label().arn(), role.label().account(), role.label().tags(), Optional.of(role.trust()));
        return new RoleTrust.Assumption(target, actions, keys);
    }

    private static long seconds(Principal principal, AssumeRoleInput input, Role role) {
        long seconds = input.seconds().orElse(DEFAULT_SECONDS);
        if (principal.kind() == Principal.Kind.ROLE && seconds > CHAIN_SECONDS) {
            throw StsErrors.longerThanChain();
        }
        if (seconds > role.maxSessionSeconds()) {
            throw StsErrors.longerThanRole();
        }
        return seconds;
    }

    private SessionToken token(
            Role role, AssumeRoleInput input, Map<String, String> inherited, String source, long seconds) {
        var tags = new HashMap<>(inherited);
        tags.putAll(input.tags());
        var transitive = new ArrayList<>(inherited.keySet());
        transitive.addAll(input.transitiveTagKeys());
        Instant now = identities.now();
        return new SessionToken(
                Label.Kind.ROLE,
                role.label().account(),
                role.label().name(),
                role.label().id(),
                input.session(),
                input.policy().stream().toList(),
                policyArns(role, input),
                tags,
                transitive,
                source,
                now,
                now.plusSeconds(seconds));
    }

    /** Managed policies of the role's account, or built-in ones. */
    private List<String> policyArns(Role role, AssumeRoleInput input) {
        for (String arn : input.policyArns()) {
            boolean isOfAccount = IamArn.ofPolicy(arn)
                    .filter(name -> name.account().equals(role.label().account())
                            || name.account().equals("aws"))
                    .isPresent();
            if (!isOfAccount || identities.store().managed(arn).isEmpty()) {
                throw StsErrors.validation("Policy " + arn + " does not exist or is not attachable.");
            }
        }
        return input.policyArns();
    }

    private static Document.Structure answer(Role role, AssumeRoleInput input, Made made) {
        String arn = Identities.sessionArn(role.label().account(), role.label().name(), input.session());
        Output output = new Output()
                .put(
                        "AssumedRoleUser",
                        new Output()
                                .put("AssumedRoleId", role.label().id() + ":" + input.session())
                                .put("Arn", arn)
                                .done())
                .put("Credentials", Credentials.shape(made));
        if (input.policy().isPresent()
                || !input.policyArns().isEmpty()
                || !input.tags().isEmpty()) {
            output.put("PackedPolicySize", new Document.Whole(made.packedPercent()));
        }
        return output.put("SourceIdentity", input.sourceIdentity()).done();
    }
}
