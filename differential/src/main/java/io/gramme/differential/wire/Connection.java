package io.gramme.differential.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Locale;

/** One kept-alive HTTP connection of one caller to a server on this machine; it is opened again when the server closes it. */
public final class Connection implements Link {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;
    private final Caller caller;
    private Socket socket;
    private InputStream in;

    private Connection(int port, Caller caller, Socket socket) throws IOException {
        this.port = port;
        this.caller = caller;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    public static Connection open(int port, Caller caller) throws IOException {
        return new Connection(port, caller, connect(port));
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void send(Request request) throws IOException {
        byte[] bytes = request.bytes(caller);
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closedMeanwhile) {
            reopen();
            socket.getOutputStream().write(bytes);
        }
    }

    @Override
    public Answer receive() throws IOException {
        String status = line();
        int length = -1;
        boolean closes = false;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            closes |= lower.equals("connection: close");
            chunked |= lower.equals("transfer-encoding: chunked");
        }
        byte[] body = chunked ? chunks() : in.readNBytes(Math.max(length, 0));
        if (closes) {
            reopen();
        }
        int code = Integer.parseInt(status.substring(9, 12));
        return new Answer(code, Json.read(new String(body, UTF_8)));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line().strip(), 16);
            body.write(in.readNBytes(length));
            line();
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private void reopen() throws IOException {
        socket.close();
        socket = connect(port);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
