package io.gramme.server.permission;

import io.gramme.api.wire.Operation;
import io.gramme.core.error.TableErrors;
import io.gramme.core.identity.Caller;
import io.gramme.core.partiql.Statement;
import io.gramme.security.Authorizer;
import io.gramme.security.Authorizer.Items;
import io.gramme.security.Authorizer.Permission;
import io.gramme.security.Authorizer.Resource;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.ResourcePolicies;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Asks for everything that a request needs, before its operation begins. A table that does not exist is judged as if it
 * did, so that who may not see it does not learn whether it is there.
 */
public final class Gate {
    /** Everything passes. */
    public static final Gate OPEN =
            new Gate(Authorizer.UNRESTRICTED, _ -> Optional.empty(), (_, _) -> Optional.empty());

    private static final String STREAM = "/stream/";

    private final Permissions permissions;
    private final Authorizer authorizer;
    private final Function<TableName, Optional<Table>> tables;

    /**
     * @param tables finds a table that exists
     * @param streams the ARN of the stream of an event source mapping, by the mapping's id
     */
    public Gate(
            Authorizer authorizer,
            Function<TableName, Optional<Table>> tables,
            BiFunction<AccountRegion, String, Optional<String>> streams) {
        this.permissions = new Permissions(streams);
        this.authorizer = authorizer;
        this.tables = tables;
    }

    /**
     * Lets a request pass.
     *
     * @return the account and region whose resources it addresses: its caller's, or those of the table's owner
     * @throws io.gramme.core.error.ApiException ACCESS_DENIED
     */
    public AccountRegion pass(Operation<?, ?> operation, Object request, Caller caller) {
        var asked = new AccountRegion(caller.account(), caller.region());
        if (!authorizer.decides()) {
            return asked;
        }
        Needs needs = permissions.of(operation, request, asked, tables);
        if (!needs.haveOneOwner()) {
            throw TableErrors.arnOfOtherAccount();
        }
        require(needs, caller);
        AccountRegion owner = needs.owner();
        if (owner.account().equals(asked.account()) || !owner.region().equals(asked.region())) {
            // The operation refuses what lies in another region.
            return asked;
        }
        if (!Permissions.reachesAcrossAccounts(operation)) {
            throw TableErrors.arnOfOtherAccount();
        }
        return owner;
    }

    /** Asks for what a statement of a batch needs, before its table is looked up. */
    public void pass(Statement statement, Caller caller) {
        if (authorizer.decides()) {
            var needs = new Needs(new AccountRegion(caller.account(), caller.region()), tables);
            Permissions.statement(statement, needs);
            require(needs, caller);
        }
    }

    private void require(Needs needs, Caller caller) {
        for (Needs.Need need : needs.all()) {
            Optional<Table> table = need.table()
                    .filter(TableName::isPlain)
                    .flatMap(name -> tables.apply(new TableName(need.owner(), name)));
            Items items = !need.itemsFollow() ? Items.NONE : table.isPresent() ? Items.FOLLOW : Items.MISSING;
            authorizer.require(caller, new Permission(need.action(), resource(need, table), need.keys(), items));
        }
    }

    private static Resource resource(Needs.Need need, Optional<Table> table) {
        if (table.isEmpty()) {
            return Resource.of(need.arn(), need.owner().account());
        }
        return new Resource(
                need.arn(), need.owner().account(), tags(need.arn(), table.get()), policy(need, table.get()));
    }

    /** Tables and their indexes have tags; backups, exports and imports have none. */
    private static Map<String, String> tags(String arn, Table table) {
        boolean has = arn.endsWith("table/" + table.name()) || arn.contains("/index/");
        return has ? table.settings().tags() : Map.of();
    }

    private static Optional<String> policy(Needs.Need need, Table table) {
        int stream = need.arn().indexOf(STREAM);
        if (stream >= 0) {
            return table.settings().policies().text(need.arn().substring(stream + STREAM.length()));
        }
        boolean covered =
                need.arn().endsWith("table/" + table.name()) || need.arn().contains("/index/");
        return covered ? table.settings().policies().text(ResourcePolicies.OF_TABLE) : Optional.empty();
    }
}
