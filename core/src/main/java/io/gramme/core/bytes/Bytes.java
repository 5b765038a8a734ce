package io.gramme.core.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable run of bytes, equal by content and ordered as unsigned bytes, with a prefix before its extensions. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes copyOf(byte[] content) {
        return new Bytes(content.clone());
    }

    /** Takes ownership of {@code content} without a copy: the caller must never change it again. */
    public static Bytes wrap(byte[] content) {
        return new Bytes(content);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One byte, given as 0..255. */
    public static Bytes of(int single) {
        return new Bytes(new byte[] {(byte) single});
    }

    /** Four bytes, big-endian: the order is that of the unsigned numbers. */
    public static Bytes ofInt(int number) {
        return new Bytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /** Eight bytes, big-endian: the order is that of the unsigned numbers. */
    public static Bytes ofLong(long number) {
        return new Bytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** The byte at {@code index}, as 0..255. */
    public int at(int index) {
        return content[index] & 0xff;
    }

    /** The number in the four bytes at {@code index}, as {@link #ofInt} encodes it. */
    public int intAt(int index) {
        return ByteBuffer.wrap(content).getInt(index);
    }

    /** The number in the eight bytes at {@code index}, as {@link #ofLong} encodes it. */
    public long longAt(int index) {
        return ByteBuffer.wrap(content).getLong(index);
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** The content itself, for engines and codecs that must not copy; read only. */
    public byte[] shared() {
        return content;
    }

    public boolean startsWith(Bytes prefix) {
        return content.length >= prefix.content.length
                && Arrays.equals(content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
    }

    public Bytes plus(Bytes tail) {
        byte[] joined = Arrays.copyOf(content, content.length + tail.content.length);
        System.arraycopy(tail.content, 0, joined, content.length, tail.content.length);
        return new Bytes(joined);
    }

    public Bytes from(int start) {
        return new Bytes(Arrays.copyOfRange(content, start, content.length));
    }

    /** The smallest run that sorts after this one. */
    public Bytes next() {
        return new Bytes(Arrays.copyOf(content, content.length + 1));
    }

    /**
     * The smallest run that sorts after every run which begins with this one; {@link #isEmpty() empty} if there is
     * none, because all bytes are 0xff.
     */
    public Bytes afterPrefix() {
        int last = content.length - 1;
        while (last >= 0 && content[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return EMPTY;
        }
        byte[] end = Arrays.copyOf(content, last + 1);
        end[last]++;
        return new Bytes(end);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
