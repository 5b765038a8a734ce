package io.gramme.core.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number as the service stores it: 38 significant digits, magnitude 1E-130 to 9.99...E+125, zero without a sign.
 * Equal and ordered by value.
 *
 * <p>Digits and exponent are counted while the text is read and before any arithmetic, so that the cost of a text
 * depends on its length alone and not on its exponent.
 */
public final class Decimal implements Comparable<Decimal> {
    public static final int MAX_DIGITS = 38;
    public static final int MAX_EXPONENT = 125;
    public static final int MIN_EXPONENT = -130;
    public static final Decimal ZERO = new Decimal(BigDecimal.ZERO);

    /** Without trailing zeros in the unscaled value, so that equal numbers have equal fields. */
    private final BigDecimal value;

    /** The client's text, or null where that is the canonical text. Not part of equality. */
    private final @Nullable String written;

    private Decimal(BigDecimal value) {
        this(value, null);
    }

    private Decimal(BigDecimal value, @Nullable String written) {
        this.value = value;
        this.written = written;
    }

    public static Decimal of(long value) {
        return new Decimal(stripped(BigDecimal.valueOf(value)));
    }

    /**
     * Parses a number as the service does.
     *
     * @throws ApiException VALIDATION, if it is no number, out of range, or has more than 38 significant digits
     */
    public static Decimal parse(String text) {
        return new DecimalReader(text, DecimalReader.Exponents.LONG).read();
    }

    /** The same number, with the text that it was read from: for {@link #written}. */
    public Decimal writtenAs(String text) {
        return isCanonical(text) || text.equals(toString()) ? this : new Decimal(value, text);
    }

    /** Whether the text is a plain integer, as most numbers are: then no text need be made to compare it with. */
    private static boolean isCanonical(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        if (first == text.length() || (text.charAt(first) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = first; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * The same as in the service's batches, transactions and statements, which calculate exponents in 32 bits: which
     * texts are not numbers, and which end of the range the error names, differs.
     */
    public static Decimal parseWithIntExponent(String text) {
        return new DecimalReader(text, DecimalReader.Exponents.INT).read();
    }

    /** {@code digits} times ten to the {@code exponent}; both already known to be in range. */
    static Decimal ofDigits(boolean negative, String digits, int exponent) {
        BigDecimal magnitude = digits.length() <= 18
                ? BigDecimal.valueOf(Long.parseLong(digits), -exponent)
                : new BigDecimal(new BigInteger(digits), -exponent);
        return new Decimal(negative ? magnitude.negate() : magnitude);
    }

    /** @throws ApiException VALIDATION, if the exact sum does not fit */
    public Decimal plus(Decimal other) {
        return checked(value.add(other.value));
    }

    /** @throws ApiException VALIDATION, if the exact difference does not fit */
    public Decimal minus(Decimal other) {
        return checked(value.subtract(other.value));
    }

    private static Decimal checked(BigDecimal exact) {
        BigDecimal result = stripped(exact);
        int exponent = result.precision() - result.scale() - 1;
        // Measured: a result that would need a 39th digit is an overflow, too.
        if (result.precision() > MAX_DIGITS || exponent > MAX_EXPONENT) {
            throw Errors.numberOverflow();
        }
        if (result.signum() != 0 && exponent < MIN_EXPONENT) {
            throw Errors.numberUnderflow();
        }
        return new Decimal(result);
    }

    private static BigDecimal stripped(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    public BigDecimal toBigDecimal() {
        return value;
    }

    public int signum() {
        return value.signum();
    }

    /** The significant digits, without sign or zeros at either end; {@code "0"} for zero. */
    public String digits() {
        return value.unscaledValue().abs().toString();
    }

    /** The power of ten of the first significant digit: 2 for 123, -1 for 0.5. */
    public int exponent() {
        return value.precision() - value.scale() - 1;
    }

    /** The bytes that this number counts in an item's size: measured, not the guide's approximation. */
    public int size() {
        if (value.signum() == 0) {
            return 1;
        }
        int digits = value.precision();
        int fraction = Math.clamp(value.scale(), 0, digits);
        int whole = digits - fraction;
        return 1 + (whole + 1) / 2 + (fraction + 1) / 2 + (value.signum() < 0 ? 1 : 0);
    }

    /** The client's text: {@code 1e3}, where {@link #toString} is {@code 1000}. */
    public String written() {
        return written == null ? toString() : written;
    }

    /** The canonical text: no exponent, no plus, no redundant zeros at either end. */
    @Override
    public String toString() {
        return value.toPlainString();
    }

    @Override
    public int compareTo(Decimal other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
