package io.gramme.server.operation;

import io.gramme.api.UntagResourceInput;
import io.gramme.api.wire.Unit;
import io.gramme.tables.table.Tables;

/** UntagResource: removes tags from a table. */
public final class UntagResource implements Handler<UntagResourceInput, Unit> {
    private final Tables tables;

    public UntagResource(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Unit handle(UntagResourceInput request, RequestContext context) {
        new TaggedTable(tables, context.accountRegion(), request.resourceArn()).remove(request.tagKeys());
        return new Unit();
    }
}
