package io.gramme.security.iam;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.Output;
import io.gramme.core.identity.Principal;
import io.gramme.security.identity.BuiltInPolicies;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Entity.User;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.IdentityStore;
import io.gramme.security.identity.Label;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.Effect;
import io.gramme.security.policy.PolicyKind;
import io.gramme.security.policy.Simulation;
import io.gramme.security.policy.Simulation.Considered;
import io.gramme.security.policy.StatementPositions.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations that tell what policies would decide. They read identities' policies and no policies of tables: one
 * comes with the request. A result is for one action on one resource.
 */
final class SimulationOperations {
    private static final int MOST_NAMES = 1_000;
    private static final Pattern SOURCE =
            Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):(user|group|role)/(?:[^:]*/)?([\\w+=,.@-]{1,128})");
    private static final Pattern CALLER = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):user/[!-~]{1,600}");
    private static final Pattern OWNER = Pattern.compile("(?:arn:aws[a-z-]*:iam::)?(\\d{12})(?::root)?");

    private final IdentityStore store;

    SimulationOperations(Identities identities) {
        this.store = identities.store();
    }

    Map<String, Operation> all() {
        return Map.of("SimulatePrincipalPolicy", this::ofPrincipal, "SimulateCustomPolicy", this::ofTexts);
    }

    private Document.Structure ofPrincipal(IamCall call) {
        Entity entity = source(call);
        var policies = new SimulatedPolicies();
        add(policies, entity, entity.label().kind().word());
        if (entity instanceof User user) {
            for (String group : user.groups()) {
                store.groupOf(user.label().account(), group).ifPresent(one -> add(policies, one, "group"));
            }
        }
        entity.grants().boundary().ifPresent(arn -> bound(policies, arn));
        addInputs(call, policies);
        return answer(call, policies, principal(entity), entity.label().kind() != Label.Kind.GROUP);
    }

    private Document.Structure ofTexts(IamCall call) {
        call.require("*");
        if (call.input().texts("PolicyInputList").isEmpty()) {
            throw IamErrors.missing("PolicyInputList");
        }
        var policies = new SimulatedPolicies();
        addInputs(call, policies);
        String account = call.account();
        var anyone = new Principal(
                Principal.Kind.USER, account, Label.Kind.USER.arn(account, "/", "-"), "-", Map.of(), Optional.empty());
        return answer(call, policies, anyone, false);
    }

    private Entity source(IamCall call) {
        String arn = call.text("PolicySourceArn", Word.ARN);
        Matcher parts = SOURCE.matcher(arn);
        if (!parts.matches()) {
            throw IamErrors.invalid("Invalid Entity Arn: " + arn + " does not clearly define entity type and name.");
        }
        Label.Kind kind = switch (parts.group(2)) {
            case "user" -> Label.Kind.USER;
            case "group" -> Label.Kind.GROUP;
            default -> Label.Kind.ROLE;
        };
        Optional<? extends Entity> found = store.entity(kind, call.account(), parts.group(3))
                .filter(entity -> entity.label().arn().equals(arn));
        call.require(arn, found.map(entity -> entity.label().tags()).orElse(Map.of()), Map.of());
        return found.orElseThrow(() -> IamErrors.notFound(kind, parts.group(3)));
    }

    private static Principal principal(Entity entity) {
        Label label = entity.label();
        boolean role = label.kind() == Label.Kind.ROLE;
        String session = "simulation";
        return new Principal(
                role ? Principal.Kind.ROLE : Principal.Kind.USER,
                label.account(),
                role ? Identities.sessionArn(label.account(), label.name(), session) : label.arn(),
                role ? label.id() + ":" + session : label.id(),
                label.tags(),
                role ? Optional.of(session(session, label)) : Optional.empty());
    }

    private static Principal.Session session(String name, Label role) {
        return new Principal.Session(name, Instant.EPOCH, Instant.MAX, List.of(), false, "", Set.of(), role.arn());
    }

    private void add(SimulatedPolicies policies, Entity entity, String type) {
        entity.grants().inline().forEach((name, text) -> policies.add(name, type, text));
        for (String arn : entity.grants().attached()) {
            store.managed(arn)
                    .ifPresent(policy -> policies.add(
                            policy.label().name(), type(arn), policy.inForce().text()));
        }
    }

    private void bound(SimulatedPolicies policies, String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        String text = store.managed(arn).map(policy -> policy.inForce().text()).orElse(IdentityPolicies.DENY_ALL);
        policies.bound(name, type(arn), text);
    }

    private static String type(String arn) {
        return BuiltInPolicies.isBuiltIn(arn) ? "aws-managed" : "user-managed";
    }

    private static void addInputs(IamCall call, SimulatedPolicies policies) {
        int number = 1;
        for (String text : call.input().texts("PolicyInputList")) {
            policies.add("PolicyInputList." + number++, "none", text);
        }
        List<String> boundaries = call.input().texts("PermissionsBoundaryPolicyInputList");
        if (boundaries.size() > 1) {
            throw IamErrors.invalid("A simulation has at most one permissions boundary.");
        }
        boundaries.forEach(text -> policies.bound("PermissionsBoundaryPolicyInputList.1", "none", text));
        call.optional("ResourcePolicy", Word.DOCUMENT).ifPresent(policies::ofResource);
    }

    /** @param known whether the principal is one that requests can come from, which has a name and tags */
    private static Document.Structure answer(
            IamCall call, SimulatedPolicies policies, Principal source, boolean known) {
        Optional<Principal> caller = call.optional("CallerArn", Word.ARN).map(SimulationOperations::caller);
        if (policies.hasResource() && !known && caller.isEmpty()) {
            throw IamErrors.invalid("A simulation with a resource policy needs CallerArn, the ARN of a user.");
        }
        Principal principal = caller.orElse(source);
        var facts = new SimulatedFacts(
                entries(call), known || caller.isPresent() ? Optional.of(principal) : Optional.empty());
        String owner = call.optional("ResourceOwner", Word.OWNER)
                .map(SimulationOperations::owner)
                .orElse(principal.account());
        List<String> actions = names(call, "ActionNames", Word.ACTION);
        if (actions.isEmpty()) {
            throw IamErrors.missing("ActionNames");
        }
        List<String> given = names(call, "ResourceArns", Word.OWNER);
        List<String> resources = given.isEmpty() ? List.of("*") : given;
        List<AccessRequest> requests = actions.stream()
                .flatMap(action ->
                        resources.stream().map(resource -> new AccessRequest(principal, action, resource, owner)))
                .toList();
        IamCall.Marked<AccessRequest> page = call.page(requests);
        return Shapes.listed(
                "EvaluationResults", page.elements(), page.next(), request -> result(policies, request, facts));
    }

    private static Principal caller(String arn) {
        Matcher parts = CALLER.matcher(arn);
        if (!parts.matches()) {
            throw IamErrors.invalid("CallerArn is the ARN of a user, not " + arn + ".");
        }
        return new Principal(Principal.Kind.USER, parts.group(1), arn, "-", Map.of(), Optional.empty());
    }

    private static String owner(String text) {
        Matcher parts = OWNER.matcher(text);
        if (!parts.matches()) {
            throw IamErrors.invalid("ResourceOwner is an account or its ARN, not " + text + ".");
        }
        return parts.group(1);
    }

    private static List<String> names(IamCall call, String member, Word word) {
        List<String> names = call.input().texts(member);
        if (names.size() > MOST_NAMES) {
            throw IamErrors.constraint(member, "'...'", "Member must have length less than or equal to " + MOST_NAMES);
        }
        names.forEach(name -> word.check(member, name));
        return names;
    }

    private static SimulatedFacts.Entries entries(IamCall call) {
        var entries = new SimulatedFacts.Entries();
        for (Input entry : call.input().structures("ContextEntries")) {
            String key = entry.text("ContextKeyName").orElseThrow(() -> IamErrors.missing("ContextKeyName"));
            entries.put(Word.CONTEXT_KEY.check("ContextKeyName", key), entry.texts("ContextKeyValues"));
        }
        return entries;
    }

    private static Document result(SimulatedPolicies policies, AccessRequest request, SimulatedFacts facts) {
        var asked = facts.recording();
        Simulation simulation = Simulation.of(policies.set(), request, asked);
        boolean explicit = simulation.decision().cause().isExplicit();
        String decision = simulation.decision().allowed() ? "allowed" : explicit ? "explicitDeny" : "implicitDeny";
        List<Document> matched = simulation.statements().stream()
                .filter(Considered::applies)
                .filter(one -> explicit == (one.statement().effect() == Effect.DENY))
                .map(one -> statement(policies.place(one)))
                .toList();
        var output = new Output()
                .put("EvalActionName", request.action())
                .put("EvalResourceName", request.resource())
                .put("EvalDecision", decision)
                .put("MatchedStatements", matched)
                .put(
                        "MissingContextValues",
                        asked.missing().stream()
                                .map(key -> (Document) new Document.Text(key))
                                .toList());
        if (policies.isBounded()) {
            output.put(
                    "PermissionsBoundaryDecisionDetail",
                    new Output()
                            .put("AllowedByPermissionsBoundary", new Document.Flag(isWithinBoundary(simulation)))
                            .done());
        }
        return output.done();
    }

    private static boolean isWithinBoundary(Simulation simulation) {
        List<Effect> effects = simulation.statements().stream()
                .filter(one -> one.kind() == PolicyKind.BOUNDARY && one.applies())
                .map(one -> one.statement().effect())
                .toList();
        return effects.contains(Effect.ALLOW) && !effects.contains(Effect.DENY);
    }

    private static Document statement(SimulatedPolicies.Place place) {
        return new Output()
                .put("SourcePolicyId", place.id())
                .put("SourcePolicyType", place.type())
                .put("StartPosition", position(place.extent().start()))
                .put("EndPosition", position(place.extent().end()))
                .done();
    }

    private static Document position(Position position) {
        return new Output()
                .put("Line", new Document.Whole(position.line()))
                .put("Column", new Document.Whole(position.column()))
                .done();
    }
}
