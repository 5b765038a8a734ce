package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.LogPosition;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Settings.View;
import io.gramme.tables.table.TableName;
import java.net.URI;
import java.time.Duration;

/** Encodes triggers as the values of rows. */
final class TriggerCodec {
    private TriggerCodec() {}

    static Bytes encode(Trigger trigger) {
        var fields = new Fields()
                .put("Id", trigger.id())
                .put("Account", trigger.table().accountRegion().account())
                .put("Region", trigger.table().accountRegion().region())
                .put("Table", trigger.table().name())
                .put("Label", trigger.label())
                .put("View", trigger.view().name())
                .put("Target", fields(trigger.target()))
                .put("Policy", fields(trigger.policy()))
                .put("Start", trigger.start().position())
                .put("StartVersion", trigger.start().after().version())
                .put("StartIndex", trigger.start().after().index())
                .put("Enabled", trigger.enabled())
                .put("Modified", trigger.modified());
        trigger.start().at().ifPresent(at -> fields.put("StartTime", at));
        return ItemCodec.encode(fields.toItem());
    }

    static Trigger decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new Trigger(
                fields.text("Id"),
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                fields.text("Label"),
                View.valueOf(fields.text("View")),
                target(fields.inner("Target")),
                policy(fields.inner("Policy")),
                new Trigger.Start(
                        fields.text("Start"),
                        fields.optional("StartTime", Fields::time),
                        new LogPosition(fields.number("StartVersion"), Math.toIntExact(fields.number("StartIndex")))),
                fields.flag("Enabled"),
                fields.time("Modified"));
    }

    private static Fields fields(Target target) {
        return switch (target) {
            case Target.Function(String name, URI endpoint) ->
                new Fields().put("Function", name).put("Endpoint", endpoint.toString());
            case Target.Webhook(URI url) -> new Fields().put("Webhook", url.toString());
        };
    }

    private static Target target(Fields fields) {
        return fields.has("Webhook")
                ? new Target.Webhook(URI.create(fields.text("Webhook")))
                : new Target.Function(fields.text("Function"), URI.create(fields.text("Endpoint")));
    }

    private static Fields fields(Policy policy) {
        var fields = new Fields()
                .put("BatchSize", policy.batchSize())
                .put("WindowSeconds", policy.window().toSeconds())
                .put("Lanes", policy.lanes())
                .putTexts("Filters", policy.filters())
                .put("Bisects", policy.bisects())
                .put("ReportsFailures", policy.reportsFailures())
                .put("TimeoutSeconds", policy.timeout().toSeconds());
        policy.retries().ifPresent(retries -> fields.put("Retries", retries));
        policy.maxAge().ifPresent(age -> fields.put("MaxAgeSeconds", age.toSeconds()));
        policy.onFailure().ifPresent(destination -> fields.put("OnFailure", destination));
        return fields;
    }

    private static Policy policy(Fields fields) {
        return new Policy(
                Math.toIntExact(fields.number("BatchSize")),
                Duration.ofSeconds(fields.number("WindowSeconds")),
                Math.toIntExact(fields.number("Lanes")),
                fields.texts("Filters"),
                fields.optional("Retries", Fields::number).map(Math::toIntExact),
                fields.optional("MaxAgeSeconds", Fields::number).map(Duration::ofSeconds),
                fields.flag("Bisects"),
                fields.flag("ReportsFailures"),
                Duration.ofSeconds(fields.number("TimeoutSeconds")),
                fields.optional("OnFailure", Fields::text));
    }
}
