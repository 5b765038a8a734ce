package io.gramme.transfer.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonTextWriterBuilder;
import com.amazon.ion.system.IonWriterBuilder.InitialIvmHandling;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Lines of Ion text, each with a version marker of its own. */
final class IonRecordWriter implements RecordWriter {
    private static final byte[] MARKER = "$ion_1_0 ".getBytes(US_ASCII);

    private static final IonTextWriterBuilder WRITERS = IonTextWriterBuilder.standard()
            .withInitialIvmHandling(InitialIvmHandling.SUPPRESS)
            .immutable();

    private final OutputStream sink;

    IonRecordWriter(OutputStream sink) {
        this.sink = sink;
    }

    /** Writes the fields of the struct of a line. */
    private interface Fields {
        void write(IonWriter out) throws IOException;
    }

    @Override
    public void write(Item item) {
        line(out -> member(out, Documents.ITEM, item));
    }

    @Override
    public void write(ItemChange change, ExportView view) {
        line(out -> {
            out.setFieldName("Record");
            out.stepIn(IonType.STRUCT);
            member(out, Documents.KEYS, change.keys());
            Value written = new Value.N(Decimal.of(change.writeTimestampMicros()));
            member(out, Documents.METADATA, Item.of(Documents.TIMESTAMP, written));
            if (view == ExportView.NEW_AND_OLD_IMAGES && change.before().isPresent()) {
                member(out, Documents.OLD_IMAGE, change.before().get());
            }
            if (change.after().isPresent()) {
                member(out, Documents.NEW_IMAGE, change.after().get());
            }
            out.stepOut();
        });
    }

    private void line(Fields fields) {
        try {
            sink.write(MARKER);
            IonWriter out = WRITERS.build(sink);
            out.stepIn(IonType.STRUCT);
            fields.write(out);
            out.stepOut();
            out.flush();
            sink.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void member(IonWriter out, String name, Item item) throws IOException {
        out.setFieldName(name);
        struct(out, item.attributes());
    }

    private static void struct(IonWriter out, Map<String, Value> entries) throws IOException {
        out.stepIn(IonType.STRUCT);
        for (var entry : entries.entrySet()) {
            out.setFieldName(entry.getKey());
            value(out, entry.getValue());
        }
        out.stepOut();
    }

    private static void value(IonWriter out, Value value) throws IOException {
        switch (value) {
            case Value.S(String text) -> out.writeString(text);
            case Value.N(Decimal number) -> out.writeDecimal(number.toBigDecimal());
            case Value.B(Bytes bytes) -> out.writeBlob(bytes.shared());
            case Value.Bool(boolean flag) -> out.writeBool(flag);
            case Value.Null() -> out.writeNull();
            case Value.SS(List<String> members) -> {
                beginSet(out, IonDocument.STRING_SET);
                for (String member : members) {
                    out.writeString(member);
                }
                out.stepOut();
            }
            case Value.NS(List<Decimal> members) -> {
                beginSet(out, IonDocument.NUMBER_SET);
                for (Decimal member : members) {
                    out.writeDecimal(member.toBigDecimal());
                }
                out.stepOut();
            }
            case Value.BS(List<Bytes> members) -> {
                beginSet(out, IonDocument.BINARY_SET);
                for (Bytes member : members) {
                    out.writeBlob(member.shared());
                }
                out.stepOut();
            }
            case Value.L(List<Value> elements) -> {
                out.stepIn(IonType.LIST);
                for (Value element : elements) {
                    value(out, element);
                }
                out.stepOut();
            }
            case Value.M(Map<String, Value> entries) -> struct(out, entries);
        }
    }

    private static void beginSet(IonWriter out, String annotation) throws IOException {
        out.setTypeAnnotations(annotation);
        out.stepIn(IonType.LIST);
    }
}
