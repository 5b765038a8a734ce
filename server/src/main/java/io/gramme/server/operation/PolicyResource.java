package io.gramme.server.operation;

import io.gramme.core.error.ResourcePolicyErrors;
import io.gramme.core.error.SettingsErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.security.Authorizer.Resource;
import io.gramme.security.policy.ResourcePolicyChecks.Target;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.ResourcePolicies;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table or stream that a request about policies names by its ARN.
 *
 * @param label of the stream; empty for the table
 */
record PolicyResource(TableName table, String label, String arn) {
    private static final Pattern ARN =
            Pattern.compile("arn:([a-z-]+):dynamodb:([^:/]*):([^:/]*):table/([^/]+)(?:/([a-z]+)/([^/]+))?");

    /** Refuses what cannot be one, in the service's order. */
    static PolicyResource parse(AccountRegion caller, String arn) {
        if (!arn.startsWith("arn:")) {
            throw SettingsErrors.notAnArn(arn);
        }
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw ResourcePolicyErrors.noDynamoDbResource(arn);
        }
        if (!parts.group(3).equals(caller.account())) {
            throw ResourcePolicyErrors.ofOtherAccount();
        }
        if (!parts.group(1).equals("aws") || !parts.group(2).equals(caller.region())) {
            throw ResourcePolicyErrors.ofOtherRegion(arn);
        }
        Optional<String> kind = Optional.ofNullable(parts.group(5));
        if (kind.filter(given -> !given.equals("stream")).isPresent()) {
            throw kind.get().equals("index")
                    ? ResourcePolicyErrors.ofIndex(arn)
                    : ResourcePolicyErrors.noDynamoDbResource(arn);
        }
        String label = Optional.ofNullable(parts.group(6)).orElse(ResourcePolicies.OF_TABLE);
        return new PolicyResource(new TableName(caller, parts.group(4)), label, arn);
    }

    /** The table, if the resource is there. */
    Table require(Tables tables) {
        return require(tables.find(table));
    }

    private Table require(Optional<Table> found) {
        Table there = found.filter(one -> one.status() != Table.Status.CREATING)
                .orElseThrow(() -> TableErrors.tableNotFound(table.name()));
        boolean exists = label.equals(ResourcePolicies.OF_TABLE)
                || there.settings().stream()
                        .map(Settings.Stream::label)
                        .filter(label::equals)
                        .isPresent();
        if (!exists) {
            throw ResourcePolicyErrors.streamNotFound(label, table.name());
        }
        return there;
    }

    Target target() {
        return label.equals(ResourcePolicies.OF_TABLE) ? Target.TABLE : Target.STREAM;
    }

    /** The resource as policies see it. */
    Resource described(Table there) {
        ResourcePolicies policies = there.settings().policies();
        return new Resource(
                arn, table.accountRegion().account(), there.settings().tags(), policies.text(label));
    }

    /** What errors call it. */
    String name() {
        return target() == Target.TABLE ? "table " + table.name() : "stream " + label;
    }

    /** The table with another policy of this resource. */
    Table with(Table there, ResourcePolicies.Entry entry) {
        if (there.status() == Table.Status.DELETING) {
            throw TableErrors.beingDeleted(there.name());
        }
        Settings settings = there.settings();
        return there.with(settings.with(settings.policies().with(label, entry)));
    }
}
