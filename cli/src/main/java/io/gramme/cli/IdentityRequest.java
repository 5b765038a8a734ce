package io.gramme.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for IAM or STS, in the query protocol.
 *
 * @param service its signing name
 */
record IdentityRequest(String service, Map<String, String> form) {
    private static final String BUILT_IN = "arn:aws:iam::aws:policy/";

    static IdentityRequest iam(String action) {
        return of("iam", "2010-05-08", action);
    }

    static IdentityRequest sts(String action) {
        return of("sts", "2011-06-15", action);
    }

    private static IdentityRequest of(String service, String version, String action) {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", action);
        form.put("Version", version);
        return new IdentityRequest(service, form);
    }

    IdentityRequest with(String member, String value) {
        form.put(member, value);
        return this;
    }

    IdentityRequest with(String member, Optional<String> value) {
        value.ifPresent(text -> form.put(member, text));
        return this;
    }

    IdentityRequest withTags(Map<String, String> tags) {
        int number = 1;
        for (var tag : tags.entrySet()) {
            form.put("Tags.member." + number + ".Key", tag.getKey());
            form.put("Tags.member." + number + ".Value", tag.getValue());
            number++;
        }
        return this;
    }

    IdentityRequest withArns(List<String> policies) {
        int number = 1;
        for (String policy : policies) {
            form.put("PolicyArns.member." + number + ".arn", arn(policy));
            number++;
        }
        return this;
    }

    /** The ARN of a policy that a user named: a word without a colon is the name of a built-in one. */
    static String arn(String policy) {
        return policy.indexOf(':') < 0 ? BUILT_IN + policy : policy;
    }

    /** @throws IOException with a message for the user */
    static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (MalformedInputException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }
}
