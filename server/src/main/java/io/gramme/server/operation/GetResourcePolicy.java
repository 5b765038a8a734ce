package io.gramme.server.operation;

import io.gramme.api.GetResourcePolicyInput;
import io.gramme.api.GetResourcePolicyOutput;
import io.gramme.core.error.ResourcePolicyErrors;
import io.gramme.tables.table.ResourcePolicies.Entry;
import io.gramme.tables.table.Tables;

/** GetResourcePolicy: shows the policy of a table or a stream. */
public final class GetResourcePolicy implements Handler<GetResourcePolicyInput, GetResourcePolicyOutput> {
    private final Tables tables;

    public GetResourcePolicy(Tables tables) {
        this.tables = tables;
    }

    @Override
    public GetResourcePolicyOutput handle(GetResourcePolicyInput request, RequestContext context) {
        var resource = PolicyResource.parse(context.accountRegion(), request.resourceArn());
        Entry entry = resource.require(tables)
                .settings()
                .policies()
                .entry(resource.label())
                .filter(found -> found.text().isPresent())
                .orElseThrow(() -> ResourcePolicyErrors.notFound(request.resourceArn()));
        return GetResourcePolicyOutput.builder()
                .policy(entry.text())
                .revisionId(entry.revision())
                .build();
    }
}
