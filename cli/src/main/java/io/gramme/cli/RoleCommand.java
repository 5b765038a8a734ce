package io.gramme.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme role}: manages the roles of an account, and assumes them. */
@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description = "Manage the roles of an account and their policies, and assume them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RoleCommand.Create.class,
            RoleCommand.ListAll.class,
            RoleCommand.Show.class,
            RoleCommand.Attach.class,
            RoleCommand.Detach.class,
            RoleCommand.Put.class,
            RoleCommand.Remove.class,
            RoleCommand.Trust.class,
            RoleCommand.Assume.class,
            RoleCommand.Revoke.class,
            RoleCommand.Delete.class
        })
final class RoleCommand extends IdentityCommand.Group {

    @Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false, description = "Make a role.")
    static final class Create extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "FILE", description = "File of the trust policy's JSON: who may assume the role.")
        private Path trust = Path.of("");

        @Option(names = "--path", paramLabel = "PATH", description = "Path of the role, as /jobs/. Default: /")
        private Optional<String> path = Optional.empty();

        @Option(
                names = "--max-session",
                paramLabel = "TIME",
                converter = DurationText.class,
                description = "Allow sessions of up to this length, 1h to 12h. Default: 1h")
        private Optional<Duration> longest = Optional.empty();

        @Option(
                names = "--boundary",
                paramLabel = "POLICY",
                description = "ARN of a policy that bounds what all others allow, or name of a built-in one.")
        private Optional<String> boundary = Optional.empty();

        @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Tag the role; may be repeated.")
        private Map<String, String> tags = new LinkedHashMap<>();

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(request("CreateRole")
                    .with("AssumeRolePolicyDocument", IdentityRequest.text(trust))
                    .with("Path", path)
                    .with("MaxSessionDuration", longest.map(time -> Long.toString(time.toSeconds())))
                    .with("PermissionsBoundary", boundary.map(IdentityRequest::arn))
                    .withTags(tags));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the first 1,000 roles.")
    static final class ListAll extends IdentityCommand {
        @Override
        List<IdentityRequest> requests() {
            return List.of(IdentityRequest.iam("ListRoles").with("MaxItems", "1000"));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Show a role and its policies.")
    static final class Show extends IdentityCommand.OfRole {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("GetRole"), request("ListAttachedRolePolicies"), request("ListRolePolicies"));
        }
    }

    @Command(name = "attach", mixinStandardHelpOptions = true, description = "Attach a managed policy to a role.")
    static final class Attach extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "POLICY", description = "ARN of the policy, or name of a built-in one.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("AttachRolePolicy").with("PolicyArn", IdentityRequest.arn(policy)));
        }
    }

    @Command(name = "detach", mixinStandardHelpOptions = true, description = "Detach a managed policy from a role.")
    static final class Detach extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "POLICY", description = "ARN of the policy, or name of a built-in one.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DetachRolePolicy").with("PolicyArn", IdentityRequest.arn(policy)));
        }
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Give a role an inline policy, or replace the one of that name.")
    static final class Put extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "POLICY", description = "Name of the inline policy.")
        private String policy = "";

        @Parameters(paramLabel = "FILE", description = "File of the policy's JSON.")
        private Path file = Path.of("");

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(request("PutRolePolicy")
                    .with("PolicyName", policy)
                    .with("PolicyDocument", IdentityRequest.text(file)));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Delete an inline policy of a role.")
    static final class Remove extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "POLICY", description = "Name of the inline policy.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeleteRolePolicy").with("PolicyName", policy));
        }
    }

    @Command(name = "trust", mixinStandardHelpOptions = true, description = "Replace the trust policy of a role.")
    static final class Trust extends IdentityCommand.OfRole {
        @Parameters(paramLabel = "FILE", description = "File of the trust policy's JSON.")
        private Path file = Path.of("");

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(request("UpdateAssumeRolePolicy").with("PolicyDocument", IdentityRequest.text(file)));
        }
    }

    @Command(
            name = "assume",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Assume a role: print temporary credentials that act as it.")
    static final class Assume extends IdentityCommand {
        @Parameters(paramLabel = "ARN", description = "ARN of the role.")
        private String role = "";

        @Option(
                names = "--session",
                required = true,
                paramLabel = "NAME",
                description = "Name of the session, which ARNs and refusals show.")
        private String session = "";

        @Option(
                names = "--duration",
                paramLabel = "TIME",
                converter = DurationText.class,
                description = "Length of the session, 15m to what the role allows. Default: 1h")
        private Optional<Duration> length = Optional.empty();

        @Option(
                names = "--policy-file",
                paramLabel = "FILE",
                description = "File of a policy that bounds what the session may do.")
        private Optional<Path> policy = Optional.empty();

        @Option(
                names = "--policy-arn",
                paramLabel = "POLICY",
                description = "ARN of a policy that bounds the session, or name of a built-in one; may be repeated.")
        private List<String> policies = List.of();

        @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Tag the session; may be repeated.")
        private Map<String, String> tags = new LinkedHashMap<>();

        @Option(names = "--external-id", paramLabel = "ID", description = "External id that the trust policy asks for.")
        private Optional<String> externalId = Optional.empty();

        @Override
        List<IdentityRequest> requests() throws IOException {
            IdentityRequest request = IdentityRequest.sts("AssumeRole")
                    .with("RoleArn", role)
                    .with("RoleSessionName", session)
                    .with("DurationSeconds", length.map(time -> Long.toString(time.toSeconds())))
                    .with("ExternalId", externalId)
                    .withArns(policies)
                    .withTags(tags);
            return List.of(policy.isPresent() ? request.with("Policy", IdentityRequest.text(policy.get())) : request);
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "End the sessions of a role that were made until now.")
    static final class Revoke extends IdentityCommand.OfRole {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("RevokeRoleSessions"));
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a role that has no policies any more. Its sessions end.")
    static final class Delete extends IdentityCommand.OfRole {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeleteRole"));
        }
    }
}
