package io.gramme.kms;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.kms.key.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations on key policies and on tags. */
final class PolicyOperations {
    private static final String DEFAULT = "default";
    private static final int LIST = 100;
    private static final int LONGEST_TAG_KEY = 128;

    private final Targets targets;
    private final PolicyTexts policies;

    PolicyOperations(Targets targets, PolicyTexts policies) {
        this.targets = targets;
        this.policies = policies;
    }

    Map<String, Operation> all() {
        return Map.of(
                "GetKeyPolicy", this::get,
                "PutKeyPolicy", this::put,
                "ListKeyPolicies", this::list,
                "TagResource", this::tag,
                "UntagResource", this::untag,
                "ListResourceTags", this::tags);
    }

    private static void requireName(KmsCall call) {
        if (!call.optional("PolicyName", 1, 128).orElse(DEFAULT).equals(DEFAULT)) {
            throw KmsErrors.notFound("No such policy exists");
        }
    }

    private Document.Structure get(KmsCall call) {
        Key key = targets.require(call);
        requireName(call);
        return new Output()
                .put("Policy", key.policy())
                .put("PolicyName", DEFAULT)
                .done();
    }

    private Document.Structure put(KmsCall call) {
        String policy = policies.read(call).orElseThrow(() -> KmsErrors.missing("Policy"));
        Facts facts = new Facts()
                .put(
                        "kms:BypassPolicyLockoutSafetyCheck",
                        Boolean.toString(call.flag("BypassPolicyLockoutSafetyCheck")));
        Key key = targets.require(call, targets.only(call, "KeyId"), "kms:PutKeyPolicy", facts);
        requireName(call);
        policies.requireAccess(call, key, policy);
        targets.change(key, now -> now.withPolicy(policy));
        return Document.Structure.EMPTY;
    }

    private Document.Structure list(KmsCall call) {
        targets.require(call);
        return Shapes.listed(call, "PolicyNames", Shapes.texts(List.of(DEFAULT)), LIST);
    }

    // Tags.

    private Document.Structure tag(KmsCall call) {
        Map<String, String> tags = call.tags();
        if (!call.has("Tags")) {
            throw KmsErrors.missing("Tags");
        }
        Key key = targets.require(call, targets.only(call, "KeyId"), "kms:TagResource", new Facts().tags(tags));
        targets.change(key, now -> {
            Targets.requireNotDeleted(now);
            var all = new LinkedHashMap<>(now.tags());
            all.putAll(tags);
            KmsCall.requireFew(all.size());
            return now.withTags(all);
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure untag(KmsCall call) {
        if (!call.has("TagKeys")) {
            throw KmsErrors.missing("TagKeys");
        }
        List<String> names = call.input().texts("TagKeys");
        names.stream()
                .filter(name -> name.isEmpty() || name.length() > LONGEST_TAG_KEY)
                .forEach(_ -> {
                    throw KmsErrors.of("TagException", "A tag key has 1 to 128 characters");
                });
        Facts facts = names.isEmpty() ? new Facts() : new Facts().put("aws:TagKeys", names);
        Key key = targets.require(call, targets.only(call, "KeyId"), "kms:UntagResource", facts);
        targets.change(key, now -> {
            Targets.requireNotDeleted(now);
            var rest = new LinkedHashMap<>(now.tags());
            names.forEach(rest::remove);
            return now.withTags(rest);
        });
        return Document.Structure.EMPTY;
    }

    private Document.Structure tags(KmsCall call) {
        Key key = targets.require(call);
        List<Document> tags = key.tags().entrySet().stream()
                .<Document>map(tag -> new Output()
                        .put("TagKey", tag.getKey())
                        .put("TagValue", tag.getValue())
                        .done())
                .toList();
        return Shapes.listed(call, "Tags", tags, LIST / 2);
    }
}
