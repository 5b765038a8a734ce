package io.gramme.api.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;

/**
 * A structure of the API model and the record that holds it. The generated part describes the members and moves them
 * between the record and {@link Slots}; this class has the common code of all structures.
 */
public abstract class Structure<T> extends Shape<T> {
    /** Present members are recorded as the bits of a long. */
    private static final int MAX_MEMBERS = 64;

    private final Member[] members;
    private final Map<String, Integer> positions;
    private final long required;

    /** @param members in the order of the model */
    protected Structure(String name, Member... members) {
        if (members.length > MAX_MEMBERS) {
            throw new IllegalArgumentException("too many members: structure=" + name);
        }
        this.members = members.clone();
        this.positions = HashMap.newHashMap(members.length);
        long must = 0;
        for (int i = 0; i < members.length; i++) {
            positions.put(members[i].name, i);
            must |= members[i].required ? 1L << i : 0;
        }
        this.required = must;
    }

    protected static Member must(String name, Shape<?> shape) {
        return new Member(name, true, shape);
    }

    protected static Member may(String name, Shape<?> shape) {
        return new Member(name, false, shape);
    }

    protected abstract T unpack(Slots slots);

    protected abstract void pack(T structure, Slots slots);

    @Override
    final @Nullable T read(Reading in) {
        in.requireStructure();
        var slots = new Slots(members.length);
        long seen = 0;
        long unusable = 0;
        for (String name = in.json.nextName(); name != null; name = in.json.nextName()) {
            JsonToken token = in.json.nextToken();
            Integer position = positions.get(name);
            if (position == null) {
                in.json.skipChildren();
                continue;
            }
            long bit = 1L << position;
            in.enterMember(members[position], position);
            if ((seen & bit) != 0) {
                in.forget(); // The last of several members of one name counts.
            }
            seen &= ~bit;
            unusable &= ~bit;
            slots.clear(position);
            if (token != JsonToken.VALUE_NULL) {
                Object value = members[position].shape.read(in);
                slots.set(position, value);
                seen |= bit;
                unusable |= value == null ? bit : 0;
            }
            in.leave();
        }
        long missing = required & ~seen;
        if (missing != 0) {
            reportMissing(missing, in);
        }
        return (missing | unusable) == 0 ? unpack(slots) : null;
    }

    private void reportMissing(long missing, Reading in) {
        for (int i = 0; i < members.length; i++) {
            if ((missing & 1L << i) != 0) {
                in.enterMember(members[i], i);
                in.missing();
                in.leave();
            }
        }
    }

    @Override
    public final void write(JsonGenerator out, T structure) {
        var slots = new Slots(members.length);
        pack(structure, slots);
        out.writeStartObject();
        for (int i = 0; i < members.length; i++) {
            Object value = slots.at(i);
            if (value != null) {
                out.writeName(members[i].json);
                members[i].shape.writeSlot(out, value);
            }
        }
        out.writeEndObject();
    }
}
