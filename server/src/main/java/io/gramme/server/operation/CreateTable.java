package io.gramme.server.operation;

import io.gramme.api.CreateTableInput;
import io.gramme.api.CreateTableOutput;
import io.gramme.security.Authorizer.Resource;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.policy.ResourcePolicyChecks.Target;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.ResourcePolicies;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLifecycle;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/**
 * CreateTable: creates a table. The answer says CREATING, even if the table is ACTIVE by the time that the client reads
 * it.
 */
public final class CreateTable implements Handler<CreateTableInput, CreateTableOutput> {
    private final Tables tables;
    private final TableLifecycle life;
    private final MillisecondClock clock;
    private final RandomIds ids;
    private final ResourcePolicyRules policies;
    private final RootKeys keys;
    private final TableDescriptions descriptions;

    public CreateTable(
            Tables tables,
            TableLifecycle life,
            MillisecondClock clock,
            RandomIds ids,
            ResourcePolicyRules policies,
            RootKeys keys) {
        this.policies = policies;
        this.keys = keys;
        this.tables = tables;
        this.life = life;
        this.clock = clock;
        this.ids = ids;
        this.descriptions = new TableDescriptions(tables, clock);
    }

    @Override
    public CreateTableOutput handle(CreateTableInput request, RequestContext context) {
        TableName name = TableName.parse(context.accountRegion(), request.tableName());
        var wanted = new NewTable(request, context.accountRegion());
        tables.requireFree(name);
        wanted.requireWithinQuotas();
        Optional<String> policy = request.resourcePolicy().map(text -> checked(text, name, context));
        Optional<String> rootKey = wanted.rootKey(keys);
        Table unshared = BlindKeys.asWanted(
                wanted.create(name, ids.next(), clock.instant(), rootKey, tables::newTablespace),
                Optional.empty(),
                tables);
        Table table = tables.create(policy.map(text -> with(unshared, text)).orElse(unshared));

        var answer = CreateTableOutput.builder()
                .tableDescription(descriptions.of(table))
                .build();
        life.settle(table);
        return answer;
    }

    private String checked(String text, TableName name, RequestContext context) {
        Resource resource = Resource.of(name.arn(), name.accountRegion().account());
        return policies.checked(text, Target.TABLE, resource, context.caller(), false);
    }

    private Table with(Table table, String policy) {
        ResourcePolicies.Entry entry = PolicyRevisions.next(policy, Optional.empty(), clock.instant());
        return table.with(table.settings().with(table.settings().policies().with(ResourcePolicies.OF_TABLE, entry)));
    }
}
