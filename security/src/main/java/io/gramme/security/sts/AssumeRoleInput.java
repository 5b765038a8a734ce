package io.gramme.security.sts;

import io.gramme.api.service.Input;
import io.gramme.security.identity.IamArn;
import io.gramme.security.identity.PolicyDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A request for a session of a role, with the constraints of the service's API model. */
record AssumeRoleInput(
        String roleArn,
        String session,
        OptionalLong seconds,
        Optional<String> policy,
        List<String> policyArns,
        Map<String, String> tags,
        List<String> transitiveTagKeys,
        Optional<String> externalId,
        Optional<String> sourceIdentity) {
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]*");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern POLICY = Pattern.compile("[\\t\\n\\r\\x20-\\xff]+");
    private static final Pattern ANY = Pattern.compile(".*");
    private static final int POLICY_LENGTH = 2_048;
    private static final int POLICY_ARNS = 10;
    private static final int TAGS = 50;

    static AssumeRoleInput of(Input input, PolicyDocuments documents) {
        String roleArn = text(input, "RoleArn", 20, 2_048, ANY).orElseThrow(() -> StsErrors.missing("RoleArn"));
        String session =
                text(input, "RoleSessionName", 2, 64, NAME).orElseThrow(() -> StsErrors.missing("RoleSessionName"));
        Optional<String> policy = text(input, "Policy", 1, POLICY_LENGTH, POLICY);
        policy.flatMap(text -> documents.complaint(text, PolicyDocuments.Kind.SESSION))
                .ifPresent(complaint -> {
                    throw StsErrors.malformedPolicy(complaint);
                });
        Map<String, String> tags = tags(input);
        return new AssumeRoleInput(
                roleArn,
                session,
                seconds(input, 900, 43_200),
                policy,
                policyArns(input),
                tags,
                transitive(input, tags),
                text(input, "ExternalId", 2, 1_224, EXTERNAL_ID),
                text(input, "SourceIdentity", 2, 64, NAME));
    }

    static OptionalLong seconds(Input input, int least, int most) {
        OptionalLong seconds = input.whole("DurationSeconds");
        seconds.ifPresent(value -> {
            if (value < least) {
                throw StsErrors.constraint(
                        "DurationSeconds",
                        Long.toString(value),
                        "Member must have value greater than or equal to " + least);
            }
            if (value > most) {
                throw StsErrors.constraint(
                        "DurationSeconds",
                        Long.toString(value),
                        "Member must have value less than or equal to " + most);
            }
        });
        return seconds;
    }

    private static Optional<String> text(Input input, String member, int shortest, int longest, Pattern pattern) {
        return input.text(member).map(text -> checked(member, text, shortest, longest, pattern));
    }

    private static String checked(String member, String text, int shortest, int longest, Pattern pattern) {
        if (text.length() > longest) {
            throw StsErrors.constraint(member, text, "Member must have length less than or equal to " + longest);
        }
        if (text.length() < shortest) {
            throw StsErrors.constraint(member, text, "Member must have length greater than or equal to " + shortest);
        }
        if (!pattern.matcher(text).matches()) {
            throw StsErrors.constraint(
                    member, text, "Member must satisfy regular expression pattern: " + pattern.pattern());
        }
        return text;
    }

    private static List<String> policyArns(Input input) {
        var arns = new ArrayList<String>();
        for (Input descriptor : input.structures("PolicyArns")) {
            String arn = descriptor.text("arn").orElseThrow(() -> StsErrors.missing("arn"));
            if (IamArn.ofPolicy(arn).isEmpty()) {
                throw StsErrors.validation("Invalid session policy ARN");
            }
            arns.add(arn);
            if (arns.size() > POLICY_ARNS) {
                throw StsErrors.validation("The number of session policy ARNs exceeds the limit of " + POLICY_ARNS);
            }
        }
        return arns;
    }

    private static Map<String, String> tags(Input input) {
        var tags = new LinkedHashMap<String, String>();
        for (Input tag : input.structures("Tags")) {
            String key = text(tag, "Key", 1, 128, TAG).orElseThrow(() -> StsErrors.missing("key"));
            String value = text(tag, "Value", 0, 256, TAG).orElseThrow(() -> StsErrors.missing("value"));
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsErrors.validation("Tag keys that begin with aws: are reserved");
            }
            if (tags.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw StsErrors.validation("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            tags.put(key, value);
            if (tags.size() > TAGS) {
                throw StsErrors.validation("1 validation error detected: Value at 'tags' failed to satisfy constraint:"
                        + " Member must have length less than or equal to " + TAGS);
            }
        }
        return tags;
    }

    private static List<String> transitive(Input input, Map<String, String> tags) {
        List<String> keys = input.texts("TransitiveTagKeys");
        for (String key : keys) {
            if (tags.keySet().stream().noneMatch(key::equalsIgnoreCase)) {
                throw StsErrors.validation("The specified transitive tag key must be included in the requested tags.");
            }
        }
        return tags.keySet().stream()
                .filter(tag -> keys.stream().anyMatch(tag::equalsIgnoreCase))
                .toList();
    }
}
