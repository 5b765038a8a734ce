package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An attribute value; each type is named by its letters on the wire. Immutable; equality is the service's equality:
 * numbers by value, sets and maps without regard to order.
 */
public sealed interface Value {

    /** The ten types, by the member name each has on the wire. */
    enum Type {
        S,
        N,
        B,
        SS,
        NS,
        BS,
        BOOL,
        NULL,
        L,
        M
    }

    record S(String text) implements Value {}

    record N(Decimal number) implements Value {}

    record B(Bytes bytes) implements Value {}

    record Bool(boolean flag) implements Value {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean flag) {
            return flag ? TRUE : FALSE;
        }
    }

    record Null() implements Value {
        public static final Null NULL = new Null();
    }

    /** Members are kept in UTF-8 order, so that equal sets are equal lists. Never empty, no duplicates. */
    record SS(List<String> members) implements Value {
        public SS {
            members = members.stream().sorted(Utf8::compare).toList();
        }
    }

    /** Members are kept in ascending order. Never empty, no duplicates. */
    record NS(List<Decimal> members) implements Value {
        public NS {
            members = members.stream().sorted().toList();
        }
    }

    /** Members are kept in unsigned byte order. Never empty, no duplicates. */
    record BS(List<Bytes> members) implements Value {
        public BS {
            members = members.stream().sorted().toList();
        }
    }

    record L(List<Value> elements) implements Value {
        public L {
            elements = List.copyOf(elements);
        }
    }

    /** Entries keep their given order; equality ignores it. */
    record M(Map<String, Value> entries) implements Value {
        public M {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    default Type type() {
        return switch (this) {
            case S _ -> Type.S;
            case N _ -> Type.N;
            case B _ -> Type.B;
            case SS _ -> Type.SS;
            case NS _ -> Type.NS;
            case BS _ -> Type.BS;
            case Bool _ -> Type.BOOL;
            case Null _ -> Type.NULL;
            case L _ -> Type.L;
            case M _ -> Type.M;
        };
    }
}
