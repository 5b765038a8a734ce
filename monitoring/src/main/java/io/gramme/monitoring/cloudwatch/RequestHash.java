package io.gramme.monitoring.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.monitoring.Dimension;
import io.gramme.monitoring.cloudwatch.Query.Source;
import io.gramme.tables.table.AccountRegion;
import java.util.List;
import java.util.zip.CRC32;

/** A number that tells the requests of a client apart: the same on every server, and after a restart. */
final class RequestHash {
    private final CRC32 crc = new CRC32();

    private RequestHash() {}

    static int of(AccountRegion owner, List<Query> queries, Times times, String order) {
        var hash = new RequestHash();
        hash.add(owner.account());
        hash.add(owner.region());
        hash.add(times.start().toString());
        hash.add(times.end().toString());
        hash.add(order);
        queries.forEach(hash::add);
        return (int) hash.crc.getValue();
    }

    private void add(Query query) {
        add(query.id());
        add(Boolean.toString(query.isReturned()));
        switch (query.source()) {
            case Source.Stat stat -> add(stat);
            case Source.Expression(var text, var _) -> add(text);
        }
    }

    private void add(Source.Stat stat) {
        Selection selection = stat.selection();
        add(selection.name());
        add(selection.unit().orElse(""));
        add(stat.statistic().name());
        add(Long.toString(stat.periodSeconds()));
        selection.id().ifPresent(id -> id.dimensions().forEach(this::add));
    }

    private void add(Dimension dimension) {
        add(dimension.name());
        add(dimension.value());
    }

    private void add(String part) {
        crc.update(part.getBytes(UTF_8));
        // Parts that are split at another place are another request.
        crc.update(0);
    }
}
