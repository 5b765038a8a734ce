package io.gramme.delivery.trigger;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.tables.stream.StreamRecordView;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node of an event as filter patterns see it: the JSON that a target receives, built only as far as a pattern reads
 * it.
 */
sealed interface EventNode {
    record Text(String text) implements EventNode {}

    /** A number; or the text of a member {@code N}, which also matches as a number. */
    record Numeral(Decimal number, Optional<String> text) implements EventNode {}

    record Flag(boolean flag) implements EventNode {}

    record Many(List<EventNode> elements) implements EventNode {}

    /** An object. */
    @FunctionalInterface
    non-sealed interface Inner extends EventNode {
        Optional<EventNode> get(String name);
    }

    static Inner of(StreamRecordView record, String region) {
        return name -> switch (name) {
            case "eventID" -> Optional.of(new Text(record.id()));
            case "eventName" -> Optional.of(new Text(record.event().name()));
            case "eventVersion" -> Optional.of(new Text(StreamRecordView.EVENT_VERSION));
            case "eventSource" -> Optional.of(new Text(StreamRecordView.EVENT_SOURCE));
            case "awsRegion" -> Optional.of(new Text(region));
            case "eventSourceARN" -> Optional.of(new Text(record.streamArn()));
            case "userIdentity" -> record.isByService() ? Optional.of(identity()) : Optional.empty();
            case "dynamodb" -> Optional.of(dynamodb(record));
            default -> Optional.empty();
        };
    }

    private static Inner identity() {
        return name -> switch (name) {
            case "type" -> Optional.of(new Text("Service"));
            case "principalId" -> Optional.of(new Text(StreamRecordView.SERVICE));
            default -> Optional.empty();
        };
    }

    private static Inner dynamodb(StreamRecordView record) {
        return name -> switch (name) {
            case "ApproximateCreationDateTime" ->
                Optional.of(number(record.created().getEpochSecond()));
            case "Keys" -> Optional.of(of(record.keys()));
            case "NewImage" -> record.newImage().map(EventNode::of);
            case "OldImage" -> record.oldImage().map(EventNode::of);
            case "SequenceNumber" -> Optional.of(new Text(record.sequenceNumber()));
            case "SizeBytes" -> Optional.of(number(record.sizeBytes()));
            case "StreamViewType" -> Optional.of(new Text(record.view().name()));
            default -> Optional.empty();
        };
    }

    private static EventNode number(long number) {
        return new Numeral(Decimal.of(number), Optional.empty());
    }

    private static EventNode of(Item item) {
        return (Inner) name -> item.get(name).map(EventNode::of);
    }

    /** {@code {"S": "text"}}, and so on. */
    private static EventNode of(Value value) {
        return (Inner) name -> value.type().name().equals(name) ? Optional.of(content(value)) : Optional.empty();
    }

    private static EventNode content(Value value) {
        return switch (value) {
            case Value.S(String text) -> new Text(text);
            case Value.N(Decimal number) -> numberText(number);
            case Value.B(Bytes bytes) -> base64(bytes);
            case Value.Bool(boolean flag) -> new Flag(flag);
            case Value.Null() -> new Flag(true);
            case Value.SS(List<String> members) ->
                new Many(members.stream()
                        .map(member -> (EventNode) new Text(member))
                        .toList());
            case Value.NS(List<Decimal> members) ->
                new Many(members.stream().map(EventNode::numberText).toList());
            case Value.BS(List<Bytes> members) ->
                new Many(members.stream().map(EventNode::base64).toList());
            case Value.L(List<Value> elements) ->
                new Many(elements.stream().map(EventNode::of).toList());
            case Value.M(Map<String, Value> entries) ->
                (Inner) name -> Optional.ofNullable(entries.get(name)).map(EventNode::of);
        };
    }

    private static EventNode numberText(Decimal number) {
        return new Numeral(number, Optional.of(number.toString()));
    }

    private static EventNode base64(Bytes bytes) {
        return new Text(Base64.getEncoder().encodeToString(bytes.shared()));
    }
}
