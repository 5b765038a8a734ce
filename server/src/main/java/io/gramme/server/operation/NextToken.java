package io.gramme.server.operation;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The position at which a SELECT resumes: a part of what it reads, and the last item read of that part. The text form
 * is bound to its statement and the parameters, and carries a checksum. It is not secret: a client that forges one can
 * only choose another position.
 *
 * <pre>
 * version (1)  statement (16)  part (4)
 * attributes (1) { name length (2) name  type (1)  value length (2) value }  checksum (8)
 * </pre>
 */
record NextToken(int part, Optional<Item> after) {
    private static final byte VERSION = 1;
    private static final int STATEMENT_BYTES = 16;
    private static final int CHECKSUM_BYTES = 8;

    /** The start of a statement's results. */
    static final NextToken START = new NextToken(0, Optional.empty());

    String text(String statement, List<Value> parameters) {
        var body = new ByteArrayOutputStream();
        body.write(VERSION);
        body.writeBytes(statementDigest(statement, parameters));
        body.writeBytes(Bytes.ofInt(part).shared());
        body.write(after.map(item -> item.attributes().size()).orElse(0));
        after.ifPresent(item -> item.attributes().forEach((name, value) -> {
            put(body, name.getBytes(StandardCharsets.UTF_8));
            body.write(letter(value.type()));
            put(body, bytes(value));
        }));
        byte[] checksum = sha256(body.toByteArray());
        body.write(checksum, 0, CHECKSUM_BYTES);
        return Base64.getEncoder().encodeToString(body.toByteArray());
    }

    private static void put(ByteArrayOutputStream body, byte[] bytes) {
        body.write(bytes.length >> Byte.SIZE);
        body.write(bytes.length);
        body.writeBytes(bytes);
    }

    /** The type as one letter: S, N or B. */
    private static int letter(Value.Type type) {
        return type.name().charAt(0);
    }

    /**
     * The position that a token encodes.
     *
     * @throws ApiException VALIDATION, if the text is not a token, or one of another statement
     */
    static NextToken parse(String text, String statement, List<Value> parameters) {
        byte[] token = decoded(text);
        int length = token.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw PartiqlErrors.invalidNextToken();
        }
        byte[] body = Arrays.copyOf(token, length);
        byte[] checksum = Arrays.copyOf(sha256(body), CHECKSUM_BYTES);
        if (!Arrays.equals(checksum, 0, CHECKSUM_BYTES, token, length, token.length)) {
            throw PartiqlErrors.invalidNextToken();
        }
        try {
            return parse(ByteBuffer.wrap(body), statementDigest(statement, parameters));
        } catch (BufferUnderflowException _) {
            throw PartiqlErrors.invalidNextToken();
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw PartiqlErrors.invalidNextToken();
        }
    }

    private static NextToken parse(ByteBuffer body, byte[] statement) {
        if (body.get() != VERSION) {
            throw PartiqlErrors.invalidNextToken();
        }
        var issuedFor = new byte[STATEMENT_BYTES];
        body.get(issuedFor);
        if (!Arrays.equals(issuedFor, statement)) {
            throw PartiqlErrors.foreignNextToken();
        }
        int part = body.getInt();
        int attributes = body.get();
        if (part < 0 || attributes < 0) {
            throw PartiqlErrors.invalidNextToken();
        }
        var position = new LinkedHashMap<String, Value>();
        for (int i = 0; i < attributes; i++) {
            String name = new String(next(body), StandardCharsets.UTF_8);
            int type = body.get();
            position.put(name, value(type, next(body)));
        }
        return new NextToken(part, attributes == 0 ? Optional.empty() : Optional.of(Item.of(position)));
    }

    private static byte[] next(ByteBuffer body) {
        var bytes = new byte[Short.toUnsignedInt(body.getShort())];
        body.get(bytes);
        return bytes;
    }

    private static byte[] bytes(Value value) {
        return switch (value) {
            case Value.S(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Value.N(Decimal number) -> number.toString().getBytes(StandardCharsets.UTF_8);
            case Value.B(Bytes bytes) -> bytes.shared();
            case Value.SS _, Value.NS _, Value.BS _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw new IllegalStateException("no key type: " + value.type());
        };
    }

    private static Value value(int type, byte[] bytes) {
        if (type == letter(Value.Type.S)) {
            return new Value.S(new String(bytes, StandardCharsets.UTF_8));
        }
        if (type == letter(Value.Type.B)) {
            return new Value.B(Bytes.wrap(bytes));
        }
        if (type == letter(Value.Type.N)) {
            return new Value.N(number(bytes));
        }
        throw PartiqlErrors.invalidNextToken();
    }

    private static Decimal number(byte[] bytes) {
        try {
            return Decimal.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (ApiException _) {
            throw PartiqlErrors.invalidNextToken();
        }
    }

    private static byte[] statementDigest(String statement, List<Value> parameters) {
        Bytes given = ItemCodec.encode(Item.of("parameters", new Value.L(parameters)));
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        var all = ByteBuffer.allocate(Integer.BYTES + text.length + given.length());
        all.putInt(text.length).put(text).put(given.shared());
        return Arrays.copyOf(sha256(all.array()), STATEMENT_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
