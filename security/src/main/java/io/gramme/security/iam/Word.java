package io.gramme.security.iam;

import java.util.regex.Pattern;

/** The constraints on texts of requests, from the service's API model. */
enum Word {
    NEW_USER_NAME(1, 64, "[\\w+=,.@-]+", Word.NAME),
    USER_NAME(1, 128, "[\\w+=,.@-]+", Word.NAME),
    GROUP_NAME(1, 128, "[\\w+=,.@-]+", Word.NAME),
    ROLE_NAME(1, 64, "[\\w+=,.@-]+", Word.NAME),
    POLICY_NAME(1, 128, "[\\w+=,.@-]+", Word.NAME),
    PATH(
            1,
            512,
            "/|/[!-~]+/",
            "It must begin and end with / and contain only alphanumeric characters and/or / characters."),
    POLICY_PATH(
            1,
            512,
            "((/[A-Za-z0-9.,+@=_-]+)*)/",
            "It must begin and end with / and contain only alphanumeric characters and/or / characters."),
    PATH_PREFIX(1, 512, "/[!-\\x7f]*", "It must begin with /."),
    ARN(20, 2_048, ".*", ""),
    ACTION(3, 128, ".*", ""),
    OWNER(1, 2_048, ".*", ""),
    CONTEXT_KEY(5, 256, ".*", ""),
    TAG_KEY(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", Word.TAG),
    TAG_VALUE(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", Word.TAG),
    DOCUMENT(1, 131_072, "[\\t\\n\\r\\x20-\\xff]+", "It must contain only printable ASCII characters."),
    ROLE_DESCRIPTION(0, 1_000, "[\\t\\n\\r\\x20-~\\xa1-\\xff]*", "It has a character that is not allowed."),
    DESCRIPTION(0, 1_000, "(?s).*", ""),
    MARKER(1, 320, "[\\x20-\\xff]+", ""),
    VERSION(2, 64, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", "It must be v and a number."),
    KEY_ID(16, 128, "\\w+", "It must contain only alphanumeric characters.");

    private static final String NAME = "It must contain only alphanumeric characters and/or the following: +=,.@_-";
    private static final String TAG =
            "It must contain only letters, numbers, separators and/or the following: _.:/=+-@";

    private final int shortest;
    private final int longest;
    private final Pattern pattern;
    private final String allowed;

    Word(int shortest, int longest, String pattern, String allowed) {
        this.shortest = shortest;
        this.longest = longest;
        this.pattern = Pattern.compile(pattern);
        this.allowed = allowed;
    }

    /** @throws io.gramme.api.service.ServiceException if the text breaks a constraint */
    String check(String member, String text) {
        if (text.length() > longest) {
            throw IamErrors.constraint(
                    member, quoted(text), "Member must have length less than or equal to " + longest);
        }
        if (text.length() < shortest) {
            throw IamErrors.constraint(
                    member, quoted(text), "Member must have length greater than or equal to " + shortest);
        }
        if (!pattern.matcher(text).matches()) {
            throw IamErrors.characters(member, allowed);
        }
        return text;
    }

    /** Long texts are cut: an answer need not repeat all of a hostile request. */
    private static String quoted(String text) {
        return "'" + (text.length() > 200 ? text.substring(0, 200) : text) + "'";
    }
}
