package io.gramme.cli;

import io.gramme.security.policy.Finding;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.Linter;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme policy lint}: checks a policy in a file, without a server. Each finding takes one line. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Check the policy in a file, without a server: print what does not do what its author is likely to"
                        + " expect. The exit code is 0 if there is nothing to print, and 1 otherwise.")
final class PolicyLintCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "File of the policy's JSON.")
    private Path file = Path.of("");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = Kind.class,
            defaultValue = "identity",
            description =
                    "What the policy is attached to: identity (a user, group or role), boundary, session, resource"
                            + " (a table or stream), or trust (of a role).")
    private PolicyKind kind = PolicyKind.IDENTITY;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Reads a kind of policy. */
    static final class Kind extends EnumText<PolicyKind> {
        Kind() {
            super(PolicyKind.values());
        }
    }

    @Override
    public Integer call() {
        try {
            List<Finding> findings = Linter.lint(Policy.parse(IdentityRequest.text(file), kind));
            findings.forEach(finding -> spec.commandLine().getOut().println(line(finding)));
            return findings.isEmpty()
                    ? CommandLine.ExitCode.OK
                    : refuse(file + ": " + (findings.size() == 1 ? "1 finding" : findings.size() + " findings"));
        } catch (InvalidPolicyException e) {
            return refuse(file + ": " + e.reason());
        } catch (IOException e) {
            return refuse(Failures.text(e));
        }
    }

    private int refuse(String text) {
        spec.commandLine().getErr().println("gramme: " + text);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private String line(Finding finding) {
        return file + ": " + finding.place() + ": "
                + finding.code().severity().name().toLowerCase(Locale.ROOT) + " " + finding.code() + ": "
                + finding.sentence();
    }
}
