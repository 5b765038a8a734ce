package io.gramme.http.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** The values of ASN.1 that certificates consist of, in DER (ITU-T X.690). The JDK reads certificates, and makes none. */
final class Der {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int OF_CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;

    private static final DateTimeFormatter SHORT = time("yyMMddHHmmss'Z'");
    private static final DateTimeFormatter LONG = time("yyyyMMddHHmmss'Z'");

    /** From this year on a time has four digits for the year (RFC 5280). */
    private static final int LONG_YEARS = 2050;

    private Der() {}

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return value(SET, joined(parts));
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    static byte[] isTrue() {
        return value(BOOLEAN, new byte[] {(byte) 0xff});
    }

    static byte[] octets(byte[] content) {
        return value(OCTET_STRING, content);
    }

    static byte[] bits(byte[] content) {
        return bits(content, 0);
    }

    /** @param unused the number of bits at the end that do not belong to it */
    static byte[] bits(byte[] content, int unused) {
        return value(BIT_STRING, joined(new byte[] {(byte) unused}, content));
    }

    static byte[] text(String text) {
        return value(UTF8_STRING, text.getBytes(UTF_8));
    }

    static byte[] time(Instant time) {
        return time.atZone(ZoneOffset.UTC).getYear() < LONG_YEARS
                ? value(UTC_TIME, SHORT.format(time).getBytes(US_ASCII))
                : value(GENERALIZED_TIME, LONG.format(time).getBytes(US_ASCII));
    }

    /** @param dotted its numbers, such as {@code 2.5.4.3} */
    static byte[] identifier(String dotted) {
        int[] numbers = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        var content = new ByteArrayOutputStream();
        content.write(numbers[0] * 40 + numbers[1]);
        for (int i = 2; i < numbers.length; i++) {
            int number = numbers[i];
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >>> shift != 0) {
                    content.write(((number >>> shift) & 0x7f) | 0x80);
                }
            }
            content.write(number & 0x7f);
        }
        return value(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /** A value whose type the context says, in place of the tag of its own. */
    static byte[] implicit(int number, byte[] content) {
        return value(OF_CONTEXT | number, content);
    }

    /** A value in another, whose number says what it is. */
    static byte[] explicit(int number, byte[] inner) {
        return value(OF_CONTEXT | CONSTRUCTED | number, inner);
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] value(int tag, byte[] content) {
        var out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> (i * Byte.SIZE));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
