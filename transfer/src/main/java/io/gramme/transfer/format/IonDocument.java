package io.gramme.transfer.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.gramme.api.wire.Json;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.error.RequestErrors;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;

/**
 * Makes the DynamoDB JSON of one Ion value, so that the values of both are judged by the same rules. Used by one thread
 * at a time.
 */
final class IonDocument {
    static final String STRING_SET = "$dynamodb_SS";
    static final String NUMBER_SET = "$dynamodb_NS";
    static final String BINARY_SET = "$dynamodb_BS";

    /** The same bound as for JSON. */
    private static final int MAX_CONTAINERS = 100;

    /** More than any valid number has; beyond it the decimal text would be expensive. */
    private static final int MAX_NUMBER_BITS = 4_096;

    private final boolean wrapped;
    private final RecordKind kind;

    /** A value that is nested so deep that nothing behind it is read. */
    static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** @param wrapped whether the document is in the one field {@code Record} of the value */
    IonDocument(boolean wrapped) {
        this(wrapped, RecordKind.ITEM);
    }

    IonDocument(boolean wrapped, RecordKind kind) {
        this.wrapped = wrapped;
        this.kind = kind;
    }

    /**
     * The document of the struct that the reader is at; the reader is behind it then.
     *
     * @throws ApiException if a value has no counterpart in DynamoDB; the reader is then anywhere inside the struct
     */
    byte[] read(IonReader in) {
        var json = new ByteArrayOutputStream();
        JsonGenerator out = Json.generator(json);
        in.stepIn();
        if (wrapped) {
            if (in.next() != IonType.STRUCT || in.isNullValue() || !"Record".equals(in.getFieldName())) {
                throw RequestErrors.scalarNotExpected();
            }
            in.stepIn();
        }
        members(in, out);
        if (wrapped) {
            in.stepOut();
        }
        in.stepOut();
        out.close();
        return json.toByteArray();
    }

    /** Item, Keys, Metadata and the like, each a struct of attributes; and the condition of a put. */
    private void members(IonReader in, JsonGenerator out) {
        out.writeStartObject();
        for (IonType type = in.next(); type != null; type = in.next()) {
            String name = in.getFieldName();
            out.writeName(name);
            if (kind == RecordKind.PUT && name.equals(Documents.CONDITION)) {
                text(in, type, out);
                continue;
            }
            if (type != IonType.STRUCT || in.isNullValue()) {
                throw type == IonType.LIST ? RequestErrors.listNotExpected() : RequestErrors.scalarNotExpected();
            }
            if (kind == RecordKind.PUT && name.equals(Documents.NAMES)) {
                texts(in, out);
            } else {
                attributes(in, out, 1);
            }
        }
        out.writeEndObject();
    }

    private static void texts(IonReader in, JsonGenerator out) {
        out.writeStartObject();
        in.stepIn();
        for (IonType type = in.next(); type != null; type = in.next()) {
            out.writeName(in.getFieldName());
            text(in, type, out);
        }
        in.stepOut();
        out.writeEndObject();
    }

    private static void text(IonReader in, IonType type, JsonGenerator out) {
        if (type != IonType.STRING || in.isNullValue()) {
            throw unsupported(name(type));
        }
        out.writeString(in.stringValue());
    }

    private static void attributes(IonReader in, JsonGenerator out, int level) {
        out.writeStartObject();
        in.stepIn();
        for (IonType type = in.next(); type != null; type = in.next()) {
            out.writeName(in.getFieldName());
            value(in, type, out, level);
        }
        in.stepOut();
        out.writeEndObject();
    }

    private static void value(IonReader in, IonType type, JsonGenerator out, int level) {
        if (level > MAX_CONTAINERS) {
            throw new TooDeepException();
        }
        out.writeStartObject();
        if (in.isNullValue() && type == IonType.NULL) {
            out.writeName("NULL");
            out.writeBoolean(true);
        } else if (in.isNullValue()) {
            throw unsupported("null." + name(type));
        } else {
            content(in, type, out, level);
        }
        out.writeEndObject();
    }

    private static void content(IonReader in, IonType type, JsonGenerator out, int level) {
        switch (type) {
            case BOOL -> {
                out.writeName("BOOL");
                out.writeBoolean(in.booleanValue());
            }
            case INT, DECIMAL -> {
                out.writeName("N");
                out.writeString(number(in, type));
            }
            case STRING -> {
                out.writeName("S");
                out.writeString(in.stringValue());
            }
            case BLOB -> {
                out.writeName("B");
                writeBytes(in, out);
            }
            case STRUCT -> {
                out.writeName("M");
                attributes(in, out, level + 1);
            }
            case LIST -> list(in, out, level);
            case NULL, FLOAT, TIMESTAMP, SYMBOL, CLOB, SEXP, DATAGRAM -> throw unsupported(name(type));
        }
    }

    private static void list(IonReader in, JsonGenerator out, int level) {
        IonType member = null;
        for (String annotation : in.getTypeAnnotations()) {
            switch (annotation) {
                case STRING_SET -> member = IonType.STRING;
                case NUMBER_SET -> member = IonType.DECIMAL;
                case BINARY_SET -> member = IonType.BLOB;
                default -> {} // Of the user; DynamoDB has no place for it.
            }
        }
        out.writeName(member == null ? "L" : member == IonType.STRING ? "SS" : member == IonType.BLOB ? "BS" : "NS");
        out.writeStartArray();
        in.stepIn();
        for (IonType type = in.next(); type != null; type = in.next()) {
            if (member == null) {
                value(in, type, out, level + 1);
            } else {
                member(in, type, member, out);
            }
        }
        in.stepOut();
        out.writeEndArray();
    }

    private static void member(IonReader in, IonType type, IonType wanted, JsonGenerator out) {
        boolean fits = type == wanted || (type == IonType.INT && wanted == IonType.DECIMAL);
        if (!fits || in.isNullValue()) {
            throw RequestErrors.worded("One or more parameter values were invalid: A set of Ion type " + name(wanted)
                    + " has a member of type " + name(type));
        }
        switch (wanted) {
            case STRING -> out.writeString(in.stringValue());
            case BLOB -> writeBytes(in, out);
            default -> out.writeString(number(in, type));
        }
    }

    private static void writeBytes(IonReader in, JsonGenerator out) {
        byte[] content = in.newBytes();
        out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, content, 0, content.length);
    }

    /** With an exponent, so that it is short however large the number is. */
    private static String number(IonReader in, IonType type) {
        BigDecimal number = type == IonType.INT ? new BigDecimal(bounded(in.bigIntegerValue())) : in.bigDecimalValue();
        bounded(number.unscaledValue());
        return number.toString();
    }

    private static BigInteger bounded(BigInteger digits) {
        if (digits.bitLength() > MAX_NUMBER_BITS) {
            throw Errors.tooManyDigits();
        }
        return digits;
    }

    private static ApiException unsupported(String type) {
        return RequestErrors.worded(
                "One or more parameter values were invalid: The Ion type " + type + " is not supported");
    }

    private static String name(IonType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
