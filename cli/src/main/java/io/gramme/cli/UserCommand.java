package io.gramme.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme user}: manages the users of an account, and what their policies allow. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Manage the users of an account and their policies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UserCommand.Create.class,
            UserCommand.ListAll.class,
            UserCommand.Show.class,
            UserCommand.Attach.class,
            UserCommand.Detach.class,
            UserCommand.Put.class,
            UserCommand.Remove.class,
            UserCommand.Revoke.class,
            UserCommand.Delete.class
        })
final class UserCommand extends IdentityCommand.Group {

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Make a user. It may do nothing until a policy allows something.")
    static final class Create extends IdentityCommand.OfUser {
        @Option(names = "--path", paramLabel = "PATH", description = "Path of the user, as /staff/. Default: /")
        private Optional<String> path = Optional.empty();

        @Option(
                names = "--boundary",
                paramLabel = "POLICY",
                description = "ARN of a policy that bounds what all others allow, or name of a built-in one.")
        private Optional<String> boundary = Optional.empty();

        @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Tag the user; may be repeated.")
        private Map<String, String> tags = new LinkedHashMap<>();

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("CreateUser")
                    .with("Path", path)
                    .with("PermissionsBoundary", boundary.map(IdentityRequest::arn))
                    .withTags(tags));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the first 1,000 users.")
    static final class ListAll extends IdentityCommand {
        @Override
        List<IdentityRequest> requests() {
            return List.of(IdentityRequest.iam("ListUsers").with("MaxItems", "1000"));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a user, its groups, its policies and its access keys.")
    static final class Show extends IdentityCommand.OfUser {
        @Override
        List<IdentityRequest> requests() {
            return List.of(
                    request("GetUser"),
                    request("ListGroupsForUser"),
                    request("ListAttachedUserPolicies"),
                    request("ListUserPolicies"),
                    request("ListAccessKeys"));
        }
    }

    @Command(name = "attach", mixinStandardHelpOptions = true, description = "Attach a managed policy to a user.")
    static final class Attach extends IdentityCommand.OfUser {
        @Parameters(paramLabel = "POLICY", description = "ARN of the policy, or name of a built-in one.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("AttachUserPolicy").with("PolicyArn", IdentityRequest.arn(policy)));
        }
    }

    @Command(name = "detach", mixinStandardHelpOptions = true, description = "Detach a managed policy from a user.")
    static final class Detach extends IdentityCommand.OfUser {
        @Parameters(paramLabel = "POLICY", description = "ARN of the policy, or name of a built-in one.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DetachUserPolicy").with("PolicyArn", IdentityRequest.arn(policy)));
        }
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Give a user an inline policy, or replace the one of that name.")
    static final class Put extends IdentityCommand.OfUser {
        @Parameters(paramLabel = "POLICY", description = "Name of the inline policy.")
        private String policy = "";

        @Parameters(paramLabel = "FILE", description = "File of the policy's JSON.")
        private Path file = Path.of("");

        @Override
        List<IdentityRequest> requests() throws IOException {
            return List.of(request("PutUserPolicy")
                    .with("PolicyName", policy)
                    .with("PolicyDocument", IdentityRequest.text(file)));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Delete an inline policy of a user.")
    static final class Remove extends IdentityCommand.OfUser {
        @Parameters(paramLabel = "POLICY", description = "Name of the inline policy.")
        private String policy = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeleteUserPolicy").with("PolicyName", policy));
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "End the sessions of a user that were made until now. Its access keys stay.")
    static final class Revoke extends IdentityCommand.OfUser {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("RevokeUserSessions"));
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a user that has no access keys, policies and groups any more.")
    static final class Delete extends IdentityCommand.OfUser {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeleteUser"));
        }
    }
}
