package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Arrays;

/**
 * One kept-alive HTTP connection to a server on this machine. Requests are bytes prepared in advance, and of an answer
 * only the part that tells its end is parsed, to leave the processors to the server.
 */
final class Connection implements Closeable {
    private static final int OK = 200;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);

    private final Socket socket;
    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int bodyAt;

    private Connection(Socket socket) {
        this.socket = socket;
    }

    static Connection open(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return new Connection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** @param answerBytes the length of the echo server's answer; other servers ignore it */
    static byte[] request(String action, String body, int answerBytes) {
        return targeted("DynamoDB_20120810." + action, body, answerBytes);
    }

    /** A request of DynamoDB Streams. */
    static byte[] streamsRequest(String action, String body) {
        return targeted("DynamoDBStreams_20120810." + action, body, "{}".length());
    }

    private static byte[] targeted(String target, String body, int answerBytes) {
        byte[] bytes = body.getBytes(UTF_8);
        byte[] head = """
                POST / HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/x-amz-json-1.0\r
                X-Amz-Target: %s\r
                X-Amz-Date: 20260101T000000Z\r
                Authorization: AWS4-HMAC-SHA256 Credential=benchmark/20260101/us-east-1/dynamodb/aws4_request, \
                SignedHeaders=host;x-amz-date;x-amz-target, Signature=%s\r
                %s: %d\r
                Content-Length: %d\r
                \r
                """.formatted(target, "0".repeat(64), EchoServer.ANSWER_BYTES, answerBytes, bytes.length)
                .getBytes(US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, request, head.length, bytes.length);
        return request;
    }

    static byte[] request(String action, String body) {
        return request(action, body, "{}".length());
    }

    /** Sends a request and waits for the end of its answer; returns whether the status is 200. */
    boolean succeeds(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        filled = 0;
        bodyAt = readHead();
        int end = bodyAt + contentLength();
        while (filled < end) {
            fill();
        }
        return Integer.parseInt(new String(buffer, STATUS_AT, 3, US_ASCII)) == OK;
    }

    /** The body of the last answer. */
    String body() {
        return new String(buffer, bodyAt, filled - bodyAt, UTF_8);
    }

    /** The first and last {@code length} bytes of the body; all of it if it is short. */
    String edges(int length) {
        return filled - bodyAt <= 2 * length
                ? body()
                : new String(buffer, bodyAt, length, UTF_8) + new String(buffer, filled - length, length, UTF_8);
    }

    /** Reads to the empty line that ends the head, and returns where the body begins. */
    private int readHead() throws IOException {
        int at = 0;
        while (true) {
            fill();
            for (; at + 4 <= filled; at++) {
                if (buffer[at] == '\r' && buffer[at + 1] == '\n' && buffer[at + 2] == '\r' && buffer[at + 3] == '\n') {
                    return at + 4;
                }
            }
        }
    }

    private int contentLength() throws IOException {
        for (int line = 0; line < bodyAt; line = nextLine(line)) {
            if (isContentLength(line)) {
                int at = line + CONTENT_LENGTH.length;
                int length = 0;
                for (; buffer[at] != '\r'; at++) {
                    length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
                }
                return length;
            }
        }
        throw new IOException("An answer without Content-Length: " + new String(buffer, 0, bodyAt, US_ASCII));
    }

    private int nextLine(int at) {
        int end = at;
        while (buffer[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private boolean isContentLength(int line) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            // Makes letters lower case; no other byte that this changes becomes one of these letters.
            if ((buffer[line + i] | 0x20) != (CONTENT_LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private void fill() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = socket.getInputStream().read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new EOFException("The server closed the connection");
        }
        filled += count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
