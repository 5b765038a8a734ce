package io.gramme.transfer.format;

import io.gramme.api.PutRequest;
import io.gramme.api.wire.Dialect;
import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Parsed;
import io.gramme.api.wire.Service;
import io.gramme.api.wire.Shapes;
import io.gramme.api.wire.Slots;
import io.gramme.api.wire.Structure;
import io.gramme.api.wire.Unit;
import io.gramme.api.wire.Wording;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses the documents of exports and imports with the readers of requests: an item is accepted or refused as PutItem
 * does it, with the same words.
 */
final class Documents {
    static final String ITEM = "Item";
    static final String METADATA = "Metadata";
    static final String KEYS = "Keys";
    static final String NEW_IMAGE = "NewImage";
    static final String OLD_IMAGE = "OldImage";
    static final String TIMESTAMP = "WriteTimestampMicros";
    static final String CONDITION = "ConditionExpression";
    static final String NAMES = "ExpressionAttributeNames";
    static final String VALUES = "ExpressionAttributeValues";

    private static final Operation<PutRequest, Unit> LINE =
            new Operation<>("ItemLine", Service.GRAMME, new Catalogue(PutRequest.SHAPE));
    private static final Operation<ItemChange, Unit> RECORD =
            new Operation<>("ChangeRecord", Service.GRAMME, new Catalogue(new ChangeShape()));

    private static final Operation<PutLine, Unit> PUT =
            new Operation<>("PutLine", Service.GRAMME, new Catalogue(new PutShape()));

    private Documents() {}

    /** PutItem's dialect. */
    private record Catalogue(Structure<?> shape) implements Operation.Catalogue {
        private static final Wording WORDING = new Wording(Dialect.MIXED, List.of(), Map.of(), Set.of(), false);

        @Override
        public Structure<?> input(String operation) {
            return shape;
        }

        @Override
        public Structure<?> output(String operation) {
            throw new IllegalStateException("a line has no answer");
        }

        @Override
        public Wording wording(String operation) {
            return WORDING;
        }
    }

    /** An item that is put, and the condition for it. */
    record PutLine(Item item, RecordCondition condition) {
        ImportRecord record(long index) {
            return condition.equals(RecordCondition.NONE)
                    ? new ImportRecord.Valid(index, item)
                    : new ImportRecord.Conditional(index, item, condition);
        }
    }

    private static final class PutShape extends Structure<PutLine> {
        PutShape() {
            super(
                    "PutLine",
                    must(ITEM, Shapes.item()),
                    may(CONDITION, Shapes.text()),
                    may(NAMES, Shapes.map(Shapes.text(), Shapes.text())),
                    may(VALUES, Shapes.map(Shapes.text(), Shapes.value())));
        }

        @Override
        protected PutLine unpack(Slots slots) {
            return new PutLine(
                    slots.<Item>required(0),
                    new RecordCondition(slots.optional(1), slots.optional(2), slots.optional(3)));
        }

        @Override
        protected void pack(PutLine line, Slots slots) {
            slots.set(0, line.item());
            slots.set(1, line.condition().expression());
            slots.set(2, line.condition().names());
            slots.set(3, line.condition().values());
        }
    }

    private static final class ChangeShape extends Structure<ItemChange> {
        ChangeShape() {
            super(
                    "ItemChange",
                    must(METADATA, Shapes.item()),
                    must(KEYS, Shapes.item()),
                    may(NEW_IMAGE, Shapes.item()),
                    may(OLD_IMAGE, Shapes.item()));
        }

        @Override
        protected ItemChange unpack(Slots slots) {
            return new ItemChange(
                    slots.required(1), slots.optional(3), slots.optional(2), timestamp(slots.<Item>required(0)));
        }

        private static long timestamp(Item metadata) {
            Value written = metadata.get(TIMESTAMP).orElse(Value.Null.NULL);
            if (written instanceof Value.N(var number)) {
                try {
                    return number.toBigDecimal().longValueExact();
                } catch (ArithmeticException _) {
                    throw Errors.notANumber(number.toString());
                }
            }
            throw Errors.notANumber("");
        }

        @Override
        protected void pack(ItemChange change, Slots slots) {
            slots.set(0, Item.of(TIMESTAMP, new Value.N(Decimal.of(change.writeTimestampMicros()))));
            slots.set(1, change.keys());
            slots.set(2, change.after());
            slots.set(3, change.before());
        }
    }

    /**
     * The item of {@code {"Item":{...}}}.
     *
     * @throws ApiException if there is none, or if it breaks a rule for items; see {@link #isUnreadable}
     */
    static Item item(byte[] json) {
        Parsed<PutRequest> line = LINE.read(json);
        line.faults().raise(ITEM);
        Item item = line.request().item();
        requireSize(item);
        return item;
    }

    /** The item of {@code {"Item":{...}}}, and the condition if there is one beside it. Throws as {@link #item}. */
    static PutLine put(byte[] json) {
        Parsed<PutLine> line = PUT.read(json);
        line.faults().raise(ITEM, VALUES);
        requireSize(line.request().item());
        return line.request();
    }

    /** The change of {@code {"Metadata":{...},"Keys":{...},...}}. Throws as {@link #item}. */
    static ItemChange change(byte[] json) {
        Parsed<ItemChange> record = RECORD.read(json);
        record.faults().raise(METADATA, KEYS, NEW_IMAGE, OLD_IMAGE);
        record.request().after().ifPresent(Documents::requireSize);
        return record.request();
    }

    private static void requireSize(Item item) {
        if (ItemSize.of(item) > ItemSize.MAX_ITEM) {
            throw Errors.itemTooLarge();
        }
    }

    /** Whether the refused document is not even JSON. */
    static boolean isUnreadable(ApiException refusal) {
        return refusal.text().isEmpty();
    }
}
