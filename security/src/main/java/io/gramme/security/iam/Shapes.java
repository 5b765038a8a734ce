package io.gramme.security.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.security.identity.Entity;
import io.gramme.security.identity.Entity.Role;
import io.gramme.security.identity.Grants;
import io.gramme.security.identity.Label;
import io.gramme.security.identity.ManagedPolicy;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The structures of answers. */
final class Shapes {
    private Shapes() {}

    static Document.Structure answer(String member, Document value) {
        return new Output().put(member, value).done();
    }

    /** A page of a list. */
    static <T> Document.Structure listed(
            String member, List<T> elements, Optional<String> next, Function<T, Document> shape) {
        return listed(new Output(), member, elements, next, shape);
    }

    static <T> Document.Structure listed(
            Output output, String member, List<T> elements, Optional<String> next, Function<T, Document> shape) {
        return output.put(member, elements.stream().map(shape).toList())
                .put("IsTruncated", new Document.Flag(next.isPresent()))
                .put("Marker", next.map(Marker::write))
                .done();
    }

    static Document time(Instant time) {
        return new Document.Time(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** A policy is percent-encoded in answers, as RFC 3986 says. */
    static String encoded(String policy) {
        return URLEncoder.encode(policy, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** @param word the beginning of the names of members: {@code User} */
    static Output labelled(Label label, String word) {
        return new Output()
                .put("Path", label.path())
                .put(word + "Name", label.name())
                .put(word + "Id", label.id())
                .put("Arn", label.arn())
                .put("CreateDate", time(label.created()));
    }

    static String word(Label.Kind kind) {
        return switch (kind) {
            case USER -> "User";
            case GROUP -> "Group";
            case ROLE -> "Role";
            case POLICY -> "Policy";
        };
    }

    /** An identity as a list shows it: without its tags and its boundary. */
    static Document brief(Entity entity) {
        Output output = labelled(entity.label(), word(entity.label().kind()));
        if (entity instanceof Role role) {
            of(role, output);
        }
        return output.done();
    }

    /** An identity as it is shown alone. */
    static Document whole(Entity entity) {
        Output output = labelled(entity.label(), word(entity.label().kind()));
        if (entity instanceof Role role) {
            of(role, output);
        }
        return more(entity, output).done();
    }

    private static void of(Role role, Output output) {
        output.put("AssumeRolePolicyDocument", encoded(role.trust()))
                .put("Description", role.description())
                .put("MaxSessionDuration", new Document.Whole(role.maxSessionSeconds()));
    }

    static Output more(Entity entity, Output output) {
        entity.grants().boundary().ifPresent(arn -> output.put("PermissionsBoundary", boundary(arn)));
        if (!entity.label().tags().isEmpty()) {
            output.put("Tags", tags(entity.label().tags()));
        }
        return output;
    }

    private static Document boundary(String arn) {
        return new Output()
                .put("PermissionsBoundaryType", "Policy")
                .put("PermissionsBoundaryArn", arn)
                .done();
    }

    static List<Document> tags(Map<String, String> tags) {
        return tags.entrySet().stream().map(Shapes::tag).toList();
    }

    static Document tag(Map.Entry<String, String> tag) {
        return new Output()
                .put("Key", tag.getKey())
                .put("Value", tag.getValue())
                .done();
    }

    static Output policy(ManagedPolicy policy) {
        return labelled(policy.label(), "Policy")
                .put("DefaultVersionId", policy.inForce().id())
                .put("AttachmentCount", new Document.Whole(policy.attachments()))
                .put("PermissionsBoundaryUsageCount", new Document.Whole(policy.boundaries()))
                .put("IsAttachable", new Document.Flag(true))
                .put("UpdateDate", time(policy.updated()));
    }

    static Document wholePolicy(ManagedPolicy policy) {
        Output output = policy(policy).put("Description", policy.description());
        if (!policy.label().tags().isEmpty()) {
            output.put("Tags", tags(policy.label().tags()));
        }
        return output.done();
    }

    static Document version(ManagedPolicy policy, ManagedPolicy.Version version, boolean withText) {
        var output = new Output();
        if (withText) {
            output.put("Document", encoded(version.text()));
        }
        return output.put("VersionId", version.id())
                .put("IsDefaultVersion", new Document.Flag(version.number() == policy.defaultVersion()))
                .put("CreateDate", time(version.created()))
                .done();
    }

    static List<Document> attached(Grants grants) {
        return grants.attached().stream().map(Shapes::attached).toList();
    }

    static Document attached(String arn) {
        return new Output()
                .put("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                .put("PolicyArn", arn)
                .done();
    }

    static List<Document> inline(Grants grants) {
        return grants.inline().entrySet().stream()
                .map(policy -> (Document) new Output()
                        .put("PolicyName", policy.getKey())
                        .put("PolicyDocument", encoded(policy.getValue()))
                        .done())
                .toList();
    }
}
