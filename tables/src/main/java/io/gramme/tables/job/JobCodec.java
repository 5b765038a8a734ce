package io.gramme.tables.job;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.tables.catalog.Fields;

/** The stored form of jobs and their parts. */
final class JobCodec {
    private JobCodec() {}

    static Bytes encode(Job job) {
        var fields = new Fields()
                .put("Id", job.id())
                .put("Kind", job.kind())
                .put("Account", job.subject().account())
                .put("Region", job.subject().region())
                .put("Table", job.subject().table())
                .put("TableId", job.subject().tableId())
                .put("Token", job.token())
                .putAll("Ranges", job.ranges().stream().map(JobCodec::fields).toList())
                .put("State", job.state().name())
                .put("CancelRequested", job.cancelRequested())
                .put("Total", job.total())
                .put("ItemsPerSecond", job.itemsPerSecond())
                .put("Counters", fields(job.counters()))
                .put("Created", job.created());
        job.subject().resource().ifPresent(resource -> fields.put("Resource", resource));
        job.started().ifPresent(started -> fields.put("Started", started));
        job.ended().ifPresent(ended -> fields.put("Ended", ended));
        job.reason().ifPresent(reason -> fields.put("Reason", reason));
        return ItemCodec.encode(fields.toItem());
    }

    static Job decode(Bytes value) {
        Fields fields = Fields.of(ItemCodec.decode(value));
        var subject = new Job.Subject(
                fields.text("Account"),
                fields.text("Region"),
                fields.text("Table"),
                fields.text("TableId"),
                fields.optional("Resource", Fields::text));
        return new Job(
                fields.text("Id"),
                fields.text("Kind"),
                subject,
                fields.text("Token"),
                fields.all("Ranges").stream().map(JobCodec::range).toList(),
                Job.State.valueOf(fields.text("State")),
                fields.flag("CancelRequested"),
                fields.optionalNumber("Total"),
                fields.optionalNumber("ItemsPerSecond"),
                counters(fields.inner("Counters")),
                fields.time("Created"),
                fields.optional("Started", Fields::time),
                fields.optional("Ended", Fields::time),
                fields.optional("Reason", Fields::text));
    }

    static Bytes encode(Job.Part part) {
        var fields = new Fields()
                .put("Job", part.jobId())
                .put("Number", part.number())
                .put("Range", fields(part.range()))
                .put("Done", part.done())
                .put("Counters", fields(part.counters()));
        part.cursor().ifPresent(cursor -> fields.put("Cursor", new Value.B(cursor)));
        return ItemCodec.encode(fields.toItem());
    }

    static Job.Part decodePart(Bytes value) {
        Fields fields = Fields.of(ItemCodec.decode(value));
        return new Job.Part(
                fields.text("Job"),
                Math.toIntExact(fields.number("Number")),
                range(fields.inner("Range")),
                fields.optional("Cursor", Fields::bytes),
                fields.flag("Done"),
                counters(fields.inner("Counters")));
    }

    private static Fields fields(Job.Range range) {
        return new Fields().put("From", range.from()).put("To", range.to());
    }

    private static Job.Range range(Fields fields) {
        return new Job.Range(fields.number("From"), fields.number("To"));
    }

    private static Fields fields(Job.Counters counters) {
        return new Fields()
                .put("Items", counters.items())
                .put("Bytes", counters.bytes())
                .put("Errors", counters.errors());
    }

    private static Job.Counters counters(Fields fields) {
        return new Job.Counters(fields.number("Items"), fields.number("Bytes"), fields.number("Errors"));
    }
}
