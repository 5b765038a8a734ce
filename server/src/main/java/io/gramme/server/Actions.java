package io.gramme.server;

import io.gramme.api.Operations;
import io.gramme.server.item.Items;
import io.gramme.server.item.PageReader;
import io.gramme.server.operation.BatchGetItem;
import io.gramme.server.operation.BatchWriteItem;
import io.gramme.server.operation.CreateTable;
import io.gramme.server.operation.DeleteItem;
import io.gramme.server.operation.DeleteTable;
import io.gramme.server.operation.DescribeEndpoints;
import io.gramme.server.operation.DescribeLimits;
import io.gramme.server.operation.DescribeTable;
import io.gramme.server.operation.GetItem;
import io.gramme.server.operation.ListTables;
import io.gramme.server.operation.ListTagsOfResource;
import io.gramme.server.operation.PutItem;
import io.gramme.server.operation.Query;
import io.gramme.server.operation.Scan;
import io.gramme.server.operation.TagResource;
import io.gramme.server.operation.UntagResource;
import io.gramme.server.operation.UpdateItem;
import io.gramme.server.operation.UpdateTable;
import io.gramme.server.table.TableLife;
import io.gramme.server.table.Tables;
import io.gramme.storage.RowStore;
import java.util.function.Supplier;

/** Every operation that is served, and its handler. */
final class Actions {
    private Actions() {}

    /**
     * Over the tables of a store.
     *
     * @param address host and port, as a client reaches this server
     */
    static Dispatcher over(
            RowStore store, Tables tables, TableLife life, Supplier<String> address, long maxCollectionBytes) {
        var items = new Items(store, tables.statistics(), maxCollectionBytes);
        var pages = new PageReader(store);
        var space = new Workspace(Runtime.getRuntime().maxMemory());
        return new Dispatcher.Builder(space)
                .on(Operations.CREATE_TABLE, new CreateTable(tables, life))
                .on(Operations.DESCRIBE_TABLE, new DescribeTable(tables))
                .on(Operations.LIST_TABLES, new ListTables(tables))
                .on(Operations.UPDATE_TABLE, new UpdateTable(tables, life))
                .on(Operations.DELETE_TABLE, new DeleteTable(tables, life))
                .on(Operations.TAG_RESOURCE, new TagResource(tables))
                .on(Operations.UNTAG_RESOURCE, new UntagResource(tables))
                .on(Operations.LIST_TAGS_OF_RESOURCE, new ListTagsOfResource(tables))
                .on(Operations.DESCRIBE_LIMITS, new DescribeLimits())
                .on(Operations.DESCRIBE_ENDPOINTS, new DescribeEndpoints(address))
                .on(Operations.PUT_ITEM, new PutItem(tables, items))
                .on(Operations.GET_ITEM, new GetItem(tables, items))
                .on(Operations.UPDATE_ITEM, new UpdateItem(tables, items))
                .on(Operations.DELETE_ITEM, new DeleteItem(tables, items))
                .on(Operations.QUERY, new Query(tables, items, pages), Workspace.PAGE)
                .on(Operations.SCAN, new Scan(tables, items, pages), Workspace.PAGE)
                .on(Operations.BATCH_GET_ITEM, new BatchGetItem(tables, items), Workspace.BATCH)
                .on(Operations.BATCH_WRITE_ITEM, new BatchWriteItem(tables, items))
                .build();
    }
}
