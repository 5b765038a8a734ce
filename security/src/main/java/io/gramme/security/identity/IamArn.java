package io.gramme.security.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of the ARN of a managed policy, or of another thing of IAM. */
public record IamArn(String account, String name) {
    private static final int LONGEST = 2_048;
    private static final Pattern POLICY =
            Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/(?:[^:/]+/)*([\\w+=,.@-]{1,128})");
    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(?:[^:/]+/)*([\\w+=,.@-]{1,64})");

    /** Of a policy; empty if the text is not the ARN of one. */
    public static Optional<IamArn> ofPolicy(String arn) {
        return of(POLICY, arn);
    }

    /** Of a role. */
    public static Optional<IamArn> ofRole(String arn) {
        return of(ROLE, arn);
    }

    private static Optional<IamArn> of(Pattern pattern, String arn) {
        Matcher parts = pattern.matcher(arn);
        return arn.length() <= LONGEST && parts.matches()
                ? Optional.of(new IamArn(parts.group(1), parts.group(2)))
                : Optional.empty();
    }
}
