package io.gramme.server.operation;

import io.gramme.api.ListTagsOfResourceInput;
import io.gramme.api.ListTagsOfResourceOutput;
import io.gramme.api.Tag;
import io.gramme.tables.table.Tables;
import java.util.List;

/**
 * ListTagsOfResource: shows the tags of a table. There are 50 at most, so the first page has them all. Any NextToken
 * leads to that page, as a NextToken that the service never gave out does there.
 */
public final class ListTagsOfResource implements Handler<ListTagsOfResourceInput, ListTagsOfResourceOutput> {
    private final Tables tables;

    public ListTagsOfResource(Tables tables) {
        this.tables = tables;
    }

    @Override
    public ListTagsOfResourceOutput handle(ListTagsOfResourceInput request, RequestContext context) {
        var tagged = new TaggedTable(tables, context.accountRegion(), request.resourceArn());
        List<Tag> tags = tagged.tags().entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList();
        return ListTagsOfResourceOutput.builder().tags(tags).build();
    }
}
