package io.gramme.server.operation;

import io.gramme.api.TagResourceInput;
import io.gramme.api.wire.Unit;
import io.gramme.tables.table.Tables;

/** TagResource: adds tags to a table, overwriting those of the same keys. */
public final class TagResource implements Handler<TagResourceInput, Unit> {
    private final Tables tables;

    public TagResource(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Unit handle(TagResourceInput request, RequestContext context) {
        new TaggedTable(tables, context.accountRegion(), request.resourceArn()).add(request.tags());
        return new Unit();
    }
}
