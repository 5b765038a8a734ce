package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Seeded values of every type, with a liking for the edges. */
public final class RandomValues {
    private static final String[] PIECES = {
        "", "a", "b", "\0", "\u007f", "\u00e9", "\u20ac", "\uffff", "\ud83d\ude00", "zz", "0"
    };

    private final RandomGenerator random;

    public RandomValues(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    public Bytes bytes() {
        byte[] content = new byte[random.nextInt(6)];
        for (int i = 0; i < content.length; i++) {
            content[i] = random.nextInt(3) == 0 ? (byte) (random.nextInt(2) * 255) : (byte) random.nextInt(256);
        }
        return Bytes.wrap(content);
    }

    public Decimal number() {
        if (random.nextInt(20) == 0) {
            return Decimal.ZERO;
        }
        int digits = 1 + random.nextInt(random.nextBoolean() ? 3 : Decimal.MAX_DIGITS);
        String unscaled = new BigInteger(digits * 3, new Random(random.nextLong()))
                .add(BigInteger.ONE)
                .toString();
        String kept = unscaled.substring(0, Math.min(unscaled.length(), digits));
        int exponent = random.nextBoolean()
                ? random.nextInt(-3, 4)
                : random.nextInt(Decimal.MIN_EXPONENT, Decimal.MAX_EXPONENT - kept.length() + 2);
        return Decimal.parse((random.nextBoolean() ? "-" : "") + kept + "e" + exponent);
    }

    public Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> new Value.S(text());
            case 1 -> new Value.N(number());
            case 2 -> new Value.B(bytes());
            case 3 -> Value.Bool.of(random.nextBoolean());
            case 4 -> Value.Null.NULL;
            case 5 -> new Value.SS(distinct(this::text));
            case 6 -> new Value.NS(distinct(this::number));
            case 7 -> new Value.BS(distinct(this::bytes));
            case 8 -> {
                var elements = new ArrayList<Value>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(depth - 1));
                }
                yield new Value.L(elements);
            }
            default -> new Value.M(item(depth - 1).attributes());
        };
    }

    public Item item(int depth) {
        var attributes = new LinkedHashMap<String, Value>();
        for (int i = random.nextInt(5); i > 0; i--) {
            attributes.put("k" + text(), value(depth));
        }
        return Item.of(attributes);
    }

    private <T> List<T> distinct(Supplier<T> source) {
        var members = new LinkedHashSet<T>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            members.add(source.get());
        }
        return List.copyOf(members);
    }
}
