package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;

/**
 * Encodes numbers as bytes whose unsigned order is the order of the numbers; equal numbers are equal bytes.
 *
 * <p>Zero is one byte. Otherwise a sign byte, the exponent of the first digit in one byte (there are just 256
 * exponents), and two digits a byte, each plus one so that a longer number sorts after its own beginning. For a
 * negative number exponent and digits are complemented and an end byte follows, so that the longer one sorts first.
 */
public final class DecimalCodec {
    private static final int NEGATIVE = 0x01;
    private static final int ZERO = 0x02;
    private static final int POSITIVE = 0x03;
    private static final int END_OF_NEGATIVE = 0xff;
    private static final Bytes ZERO_BYTES = Bytes.of(ZERO);

    private DecimalCodec() {}

    public static Bytes encode(Decimal number) {
        if (number.signum() == 0) {
            return ZERO_BYTES;
        }
        boolean negative = number.signum() < 0;
        String digits = number.digits();
        int pairs = (digits.length() + 1) / 2;
        byte[] code = new byte[2 + pairs + (negative ? 1 : 0)];
        int flip = negative ? 0xff : 0;
        code[0] = (byte) (negative ? NEGATIVE : POSITIVE);
        code[1] = (byte) ((number.exponent() - Decimal.MIN_EXPONENT) ^ flip);
        for (int i = 0; i < pairs; i++) {
            int high = digits.charAt(2 * i) - '0';
            int low = 2 * i + 1 < digits.length() ? digits.charAt(2 * i + 1) - '0' : 0;
            code[2 + i] = (byte) ((high * 10 + low + 1) ^ flip);
        }
        if (negative) {
            code[code.length - 1] = (byte) END_OF_NEGATIVE;
        }
        return Bytes.wrap(code);
    }

    /** The number of bytes of {@link #encode}. */
    static int length(Decimal number) {
        int sign = number.signum();
        int pairs = (number.toBigDecimal().precision() + 1) / 2;
        return sign == 0 ? ZERO_BYTES.length() : 2 + pairs + (sign < 0 ? 1 : 0);
    }

    public static Decimal decode(Bytes code) {
        int sign = code.at(0);
        if (sign == ZERO) {
            return Decimal.ZERO;
        }
        boolean negative = sign == NEGATIVE;
        int flip = negative ? 0xff : 0;
        int exponent = (code.at(1) ^ flip) + Decimal.MIN_EXPONENT;
        int end = code.length() - (negative ? 1 : 0);
        var digits = new StringBuilder(2 * (end - 2));
        for (int i = 2; i < end; i++) {
            int pair = (code.at(i) ^ flip) - 1;
            digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
        }
        if (digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
        }
        return Decimal.ofDigits(negative, digits.toString(), exponent - digits.length() + 1);
    }
}
