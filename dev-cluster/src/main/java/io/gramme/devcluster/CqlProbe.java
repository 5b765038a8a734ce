package io.gramme.devcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;

/**
 * A minimal client of the CQL binary protocol (version 4), enough to ask a node whether it answers. A driver would be a
 * dependency, and would contact other nodes where this one is meant.
 */
final class CqlProbe implements AutoCloseable {
    private static final int VERSION = 4;
    private static final int STARTUP = 0x01;
    private static final int QUERY = 0x07;
    private static final int ERROR = 0x00;
    private static final int READY = 0x02;
    private static final int AUTHENTICATE = 0x03;
    private static final int RESULT = 0x08;
    private static final int MAX_ANSWER = 1 << 24;

    /** The consistency level: how many of the nodes must have answered. */
    enum Level {
        ONE(0x0001),
        ALL(0x0005);

        private final int code;

        Level(int code) {
            this.code = code;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean wantsPassword;

    private CqlProbe(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static CqlProbe connect(InetSocketAddress endpoint, Duration patience) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            socket.connect(endpoint, Math.toIntExact(patience.toMillis()));
            var probe = new CqlProbe(socket);
            probe.begin();
            return probe;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        var body = new ByteArrayOutputStream();
        var text = new DataOutputStream(body);
        text.writeShort(1);
        writeShortText(text, "CQL_VERSION");
        writeShortText(text, "3.0.0");
        wantsPassword = ask(STARTUP, body.toByteArray(), Set.of(READY, AUTHENTICATE)) == AUTHENTICATE;
    }

    private static void writeShortText(DataOutputStream text, String word) throws IOException {
        byte[] bytes = word.getBytes(UTF_8);
        text.writeShort(bytes.length);
        text.write(bytes);
    }

    /**
     * Runs a query. A node that answers one serves, as far as a client can tell.
     *
     * @throws IOException if the node does not answer with a result
     */
    void query(String cql, Level level) throws IOException {
        if (wantsPassword) {
            return;
        }
        byte[] text = cql.getBytes(UTF_8);
        var body = new ByteArrayOutputStream();
        var request = new DataOutputStream(body);
        request.writeInt(text.length);
        request.write(text);
        request.writeShort(level.code);
        request.writeByte(0);
        int _ = ask(QUERY, body.toByteArray(), Set.of(RESULT));
    }

    private int ask(int code, byte[] body, Set<Integer> expected) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(0);
        out.writeShort(0);
        out.writeByte(code);
        out.writeInt(body.length);
        out.write(body);
        out.flush();

        in.skipNBytes(1 + 1 + 2);
        int answered = in.readUnsignedByte();
        int length = in.readInt();
        if (length < 0 || length > MAX_ANSWER) {
            throw new IOException("not an answer in CQL");
        }
        byte[] answer = in.readNBytes(length);
        if (answered == ERROR) {
            // A number, then a text preceded by its length.
            int from = Math.min(answer.length, Integer.BYTES + Short.BYTES);
            throw new IOException(new String(answer, from, answer.length - from, UTF_8));
        }
        if (!expected.contains(answered)) {
            throw new IOException("an unexpected answer: " + answered);
        }
        return answered;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
