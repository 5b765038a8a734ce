package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is given, in the pieces it is given them. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    static final String CREDENTIALS = "Authorization: AWS4-HMAC-SHA256"
            + " Credential=dummy/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n"
            + "X-Amz-Date: 20260101T000000Z\r\n";
    static final String LIST_TABLES = "Content-Type: application/x-amz-json-1.0\r\n"
            + "X-Amz-Target: DynamoDB_20120810.ListTables\r\n" + CREDENTIALS;

    /** What came back, with header names in lower case. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String text() {
            return new String(body, UTF_8);
        }
    }

    final Socket socket = new Socket();
    private final InputStream in;

    RawClient(InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient(HttpServer server) throws IOException {
        this(server.address());
    }

    /** A whole request for ListTables. */
    static String post(String body) {
        return post("", body);
    }

    static String post(String moreHeaders, String body) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\n" + LIST_TABLES + moreHeaders + "Content-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Reply ask(String text) throws IOException {
        return send(text).reply();
    }

    Reply reply() throws IOException {
        Reply head = head();
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The answer was cut short");
        }
        return new Reply(head.status(), head.headers(), body);
    }

    /** Status and headers alone, as HEAD and 100 have them. */
    Reply head() throws IOException {
        String statusLine = line();
        var headers = new TreeMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        return new Reply(Integer.parseInt(statusLine.substring(9, 12)), headers, new byte[0]);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended after: " + line.toString(ISO_8859_1));
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** Whether the server closes, with nothing more to say. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException _) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
