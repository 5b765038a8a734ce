package io.gramme.server.operation;

import io.gramme.api.PutResourcePolicyInput;
import io.gramme.api.PutResourcePolicyOutput;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.ResourcePolicies.Entry;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.util.Optional;

/**
 * PutResourcePolicy: gives a table or a stream a policy of its own. The same policy again changes nothing, not even its
 * revision.
 */
public final class PutResourcePolicy implements Handler<PutResourcePolicyInput, PutResourcePolicyOutput> {
    private final Tables tables;
    private final ResourcePolicyRules rules;
    private final MillisecondClock clock;
    private final Duration pause;

    /** @param pause after a change, in which no other is taken */
    public PutResourcePolicy(Tables tables, ResourcePolicyRules rules, MillisecondClock clock, Duration pause) {
        this.tables = tables;
        this.rules = rules;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public PutResourcePolicyOutput handle(PutResourcePolicyInput request, RequestContext context) {
        var resource = PolicyResource.parse(context.accountRegion(), request.resourceArn());
        Table seen = resource.require(tables);
        String text = rules.checked(
                request.policy(),
                resource.target(),
                resource.described(seen),
                context.caller(),
                request.confirmRemoveSelfResourceAccess().orElse(false));
        Table changed = tables.change(resource.table(), table -> put(request, resource, table, text));
        return new PutResourcePolicyOutput(
                PolicyRevisions.revision(changed.settings().policies(), resource.label()));
    }

    private Table put(PutResourcePolicyInput request, PolicyResource resource, Table table, String text) {
        Optional<Entry> present = table.settings().policies().entry(resource.label());
        PolicyRevisions.require(request.expectedRevisionId(), present, resource);
        if (present.flatMap(Entry::text).filter(text::equals).isPresent()) {
            return table;
        }
        PolicyRevisions.requirePause(present, pause, clock.instant(), resource);
        return resource.with(table, PolicyRevisions.next(text, present, clock.instant()));
    }
}
