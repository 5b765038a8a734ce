package io.gramme.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme policy}: manages the managed policies of an account, and examines policies. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Manage the policies of an account that users, groups and roles attach; check and try policies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyCommand.Create.class,
            PolicyCommand.ListAll.class,
            PolicyCommand.Show.class,
            PolicyCommand.Put.class,
            PolicyCommand.Delete.class,
            PolicyLintCommand.class,
            PolicySimulateCommand.class
        })
final class PolicyCommand extends IdentityCommand.Group {

    @Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false, description = "Make a policy.")
    static final class Create extends IdentityCommand {
        @Parameters(paramLabel = "NAME", description = "Name of the policy.")
        private String name = "";

        @Parameters(paramLabel = "FILE", description = "File of the policy's JSON.")
        private Path file = Path.of("");

        @Option(names = "--description", paramLabel = "TEXT", description = "What the policy is for.")
        private Optional<String> description = Optional.empty();

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(IdentityRequest.iam("CreatePolicy")
                    .with("PolicyName", name)
                    .with("PolicyDocument", IdentityRequest.text(file))
                    .with("Description", description));
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the first 1,000 policies of the account, then the built-in ones.")
    static final class ListAll extends IdentityCommand {
        @Override
        List<IdentityRequest> requests() {
            return List.of(IdentityRequest.iam("ListPolicies").with("MaxItems", "1000"));
        }
    }

    /** A command for one policy. */
    abstract static class OfPolicy extends IdentityCommand {
        @Parameters(paramLabel = "POLICY", description = "ARN of the policy, or name of a built-in one.")
        private String policy = "";

        IdentityRequest request(String action) {
            return IdentityRequest.iam(action).with("PolicyArn", IdentityRequest.arn(policy));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a policy and its versions.")
    static final class Show extends OfPolicy {
        @Option(names = "--version-id", paramLabel = "ID", description = "Show the text of this version, as v1.")
        private Optional<String> version = Optional.empty();

        @Override
        List<IdentityRequest> requests() {
            return version.isPresent()
                    ? List.of(request("GetPolicyVersion").with("VersionId", version))
                    : List.of(request("GetPolicy"), request("ListPolicyVersions"));
        }
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Give a policy another text, as a new version that is in force from now on.")
    static final class Put extends OfPolicy {
        @Parameters(paramLabel = "FILE", description = "File of the policy's JSON.")
        private Path file = Path.of("");

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(request("CreatePolicyVersion")
                    .with("PolicyDocument", IdentityRequest.text(file))
                    .with("SetAsDefault", "true"));
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete a policy that nothing attaches.")
    static final class Delete extends OfPolicy {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeletePolicy"));
        }
    }
}
