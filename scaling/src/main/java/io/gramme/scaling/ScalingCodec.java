package io.gramme.scaling;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.scaling.ScalableTarget.Change;
import io.gramme.scaling.ScalableTarget.Suspended;
import io.gramme.scaling.ScalingPolicy.History;
import io.gramme.scaling.ScalingPolicy.Tracking;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.catalog.Fields;
import io.gramme.tables.table.AccountRegion;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The stored form of targets, policies, scheduled actions and activities. */
final class ScalingCodec {
    private ScalingCodec() {}

    static Bytes encode(ScalableTarget target) {
        var tags = new Fields();
        target.tags().forEach(tags::put);
        Fields fields = withId(target.id(), target.uid())
                .put("Min", target.min())
                .put("Max", target.max())
                .put("SuspendedIn", target.suspended().in())
                .put("SuspendedOut", target.suspended().out())
                .put("SuspendedScheduled", target.suspended().scheduled())
                .put("Tags", tags)
                .put("Created", target.created())
                .put("Unenforced", target.unenforced());
        target.change()
                .ifPresent(change ->
                        fields.put("Change", fields(change.activity())).put("ChangeUnits", change.units()));
        return bytes(fields);
    }

    static ScalableTarget target(Bytes value) {
        Fields fields = fields(value);
        var suspended = new Suspended(
                fields.flag("SuspendedIn"), fields.flag("SuspendedOut"), fields.flag("SuspendedScheduled"));
        return new ScalableTarget(
                id(fields),
                fields.text("Uid"),
                fields.number("Min"),
                fields.number("Max"),
                suspended,
                tags(fields.inner("Tags")),
                fields.time("Created"),
                fields.flag("Unenforced"),
                fields.optional("Change", Fields::inner)
                        .map(change -> new Change(activity(change), fields.number("ChangeUnits"))));
    }

    private static Map<String, String> tags(Fields fields) {
        var tags = new HashMap<String, String>();
        fields.values().keySet().forEach(key -> tags.put(key, fields.text(key)));
        return tags;
    }

    static Bytes encode(ScalingPolicy policy) {
        Tracking tracking = policy.tracking();
        Fields fields = withId(policy.id(), policy.uid())
                .put("Name", policy.name())
                // Decimal numbers of rows are not those of Java, which have more digits.
                .put("Target", Double.toString(tracking.targetPercent()))
                .put("OutCooldown", wide(tracking.outCooldown()))
                .put("InCooldown", wide(tracking.inCooldown()))
                .putTexts("Alarms", policy.alarms())
                .put("Created", policy.created())
                .put("Added", policy.history().added());
        tracking.disableIn().ifPresent(disable -> fields.put("DisableIn", disable));
        policy.history().out().ifPresent(at -> fields.put("Out", at));
        policy.history().in().ifPresent(at -> fields.put("In", at));
        policy.history().outAgain().ifPresent(at -> fields.put("OutAgain", at));
        policy.history().inAgain().ifPresent(at -> fields.put("InAgain", at));
        return bytes(fields);
    }

    static ScalingPolicy policy(Bytes value) {
        Fields fields = fields(value);
        var tracking = new Tracking(
                Double.parseDouble(fields.text("Target")),
                narrow(fields.optionalNumber("OutCooldown")),
                narrow(fields.optionalNumber("InCooldown")),
                fields.optional("DisableIn", Fields::flag));
        var history = new History(
                fields.optional("Out", Fields::time),
                fields.number("Added"),
                fields.optional("In", Fields::time),
                fields.optional("OutAgain", Fields::time),
                fields.optional("InAgain", Fields::time));
        return new ScalingPolicy(
                id(fields),
                fields.text("Uid"),
                fields.text("Name"),
                tracking,
                fields.texts("Alarms"),
                fields.time("Created"),
                history);
    }

    private static OptionalLong wide(OptionalInt number) {
        return number.isPresent() ? OptionalLong.of(number.getAsInt()) : OptionalLong.empty();
    }

    private static OptionalInt narrow(OptionalLong number) {
        return number.isPresent() ? OptionalInt.of(Math.toIntExact(number.getAsLong())) : OptionalInt.empty();
    }

    static Bytes encode(ScheduledAction action) {
        Fields fields = withId(action.id(), action.uid())
                .put("Name", action.name())
                .put("Schedule", action.schedule())
                .put("Min", action.min())
                .put("Max", action.max())
                .put("Created", action.created());
        action.zone().ifPresent(zone -> fields.put("Zone", zone));
        action.start().ifPresent(start -> fields.put("Start", start));
        action.end().ifPresent(end -> fields.put("End", end));
        action.due().ifPresent(due -> fields.put("Due", due));
        return bytes(fields);
    }

    static ScheduledAction action(Bytes value) {
        Fields fields = fields(value);
        return new ScheduledAction(
                id(fields),
                fields.text("Uid"),
                fields.text("Name"),
                fields.text("Schedule"),
                fields.optional("Zone", Fields::text),
                fields.optional("Start", Fields::time),
                fields.optional("End", Fields::time),
                fields.optionalNumber("Min"),
                fields.optionalNumber("Max"),
                fields.time("Created"),
                fields.optional("Due", Fields::time));
    }

    static Bytes encode(ScalingActivity activity) {
        return bytes(fields(activity));
    }

    private static Fields fields(ScalingActivity activity) {
        Fields fields = withId(activity.id(), activity.uid())
                .put("Description", activity.description())
                .put("Cause", activity.cause())
                .put("Start", activity.start())
                .put("Status", activity.status().name());
        activity.end().ifPresent(end -> fields.put("End", end));
        activity.message().ifPresent(message -> fields.put("Message", message));
        return fields;
    }

    static ScalingActivity activity(Bytes value) {
        return activity(fields(value));
    }

    private static ScalingActivity activity(Fields fields) {
        return new ScalingActivity(
                id(fields),
                fields.text("Uid"),
                fields.text("Description"),
                fields.text("Cause"),
                fields.time("Start"),
                fields.optional("End", Fields::time),
                ScalingActivity.Status.valueOf(fields.text("Status")),
                fields.optional("Message", Fields::text));
    }

    private static Fields withId(TargetId id, String uid) {
        var fields = new Fields()
                .put("Account", id.owner().account())
                .put("Region", id.owner().region())
                .put("Table", id.table())
                .put("Unit", id.unit().name())
                .put("Uid", uid);
        id.index().ifPresent(index -> fields.put("Index", index));
        return fields;
    }

    private static TargetId id(Fields fields) {
        return new TargetId(
                new AccountRegion(fields.text("Account"), fields.text("Region")),
                fields.text("Table"),
                fields.optional("Index", Fields::text),
                Kind.valueOf(fields.text("Unit")));
    }

    private static Bytes bytes(Fields fields) {
        return ItemCodec.encode(fields.toItem());
    }

    private static Fields fields(Bytes value) {
        return Fields.of(ItemCodec.decode(value));
    }
}
