package io.gramme.server.operation;

import io.gramme.api.DeleteResourcePolicyInput;
import io.gramme.api.DeleteResourcePolicyOutput;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.ResourcePolicies.Entry;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.Optional;

/** DeleteResourcePolicy: takes the policy from a table or a stream. Where there is none, it changes nothing. */
public final class DeleteResourcePolicy implements Handler<DeleteResourcePolicyInput, DeleteResourcePolicyOutput> {
    private final Tables tables;
    private final MillisecondClock clock;
    private final Duration pause;

    /** @param pause after a change, in which no other is taken */
    public DeleteResourcePolicy(Tables tables, MillisecondClock clock, Duration pause) {
        this.tables = tables;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public DeleteResourcePolicyOutput handle(DeleteResourcePolicyInput request, RequestContext context) {
        var resource = PolicyResource.parse(context.accountRegion(), request.resourceArn());
        var _ = resource.require(tables);
        Table changed = tables.change(resource.table(), table -> delete(request, resource, table));
        Optional<Entry> deleted = changed.settings().policies().entry(resource.label());
        return new DeleteResourcePolicyOutput(deleted.map(Entry::revision));
    }

    private Table delete(DeleteResourcePolicyInput request, PolicyResource resource, Table table) {
        Optional<Entry> present = table.settings().policies().entry(resource.label());
        PolicyRevisions.require(request.expectedRevisionId(), present, resource);
        if (present.isEmpty() || present.get().text().isEmpty()) {
            return table;
        }
        PolicyRevisions.requirePause(present, pause, clock.instant(), resource);
        // The response, and that of a request that finds nothing any more, names the revision that was deleted.
        return resource.with(table, new Entry(Optional.empty(), present.get().revision(), clock.instant()));
    }
}
