package io.gramme.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gramme key}: manages the access keys of users. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Manage the access keys of users. Each user has up to two.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            KeyCommand.Create.class,
            KeyCommand.ListAll.class,
            KeyCommand.Show.class,
            KeyCommand.Enable.class,
            KeyCommand.Disable.class,
            KeyCommand.Delete.class,
            KeyCommand.Reseal.class
        })
final class KeyCommand extends IdentityCommand.Group {

    /** A command for the keys of one user. */
    abstract static class OfKeys extends IdentityCommand {
        @Option(names = "--user", paramLabel = "USER", description = "Name of the user. Default: the caller.")
        private Optional<String> user = Optional.empty();

        IdentityRequest request(String action) {
            return IdentityRequest.iam(action).with("UserName", user);
        }
    }

    /** A command for one key. */
    abstract static class OfKey extends OfKeys {
        @Parameters(paramLabel = "ID", description = "Id of the access key.")
        private String id = "";

        @Override
        IdentityRequest request(String action) {
            return super.request(action).with("AccessKeyId", id);
        }
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Make an access key. Its secret is shown this once.")
    static final class Create extends OfKeys {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("CreateAccessKey"));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the access keys of a user.")
    static final class ListAll extends OfKeys {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("ListAccessKeys"));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show the user of an access key, and when and for what it was last used.")
    static final class Show extends IdentityCommand {
        @Parameters(paramLabel = "ID", description = "Id of the access key.")
        private String id = "";

        @Override
        List<IdentityRequest> requests() {
            return List.of(IdentityRequest.iam("GetAccessKeyLastUsed").with("AccessKeyId", id));
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Let requests be signed with a key again.")
    static final class Enable extends OfKey {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("UpdateAccessKey").with("Status", "Active"));
        }
    }

    @Command(name = "disable", mixinStandardHelpOptions = true, description = "Refuse requests signed with a key.")
    static final class Disable extends OfKey {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("UpdateAccessKey").with("Status", "Inactive"));
        }
    }

    @Command(name = "delete", mixinStandardHelpOptions = true, description = "Delete an access key.")
    static final class Delete extends OfKey {
        @Override
        List<IdentityRequest> requests() {
            return List.of(request("DeleteAccessKey"));
        }
    }

    @Command(
            name = "reseal",
            mixinStandardHelpOptions = true,
            description =
                    "Seal the secrets of all accounts under the first server key, after a new one was put before the"
                            + " others in the file of --server-key. The others can be taken out then.")
    static final class Reseal extends IdentityCommand {
        @Override
        List<IdentityRequest> requests() {
            return List.of(IdentityRequest.iam("ResealSecrets"));
        }
    }
}
