package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.wire.Operation;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.server.ServerOptions.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The running server that a command calls, over HTTP as any client does. */
final class RunningServer {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** Hardly any request takes long: what does is a job, which a client looks at again and again. */
    private static final Duration ANSWERING = Duration.ofSeconds(30);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the running server.",
            showDefaultValue = Visibility.ALWAYS)
    private int port = Ports.DEFAULT_PORT;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Host of the running server.",
            showDefaultValue = Visibility.ALWAYS)
    private String host = Ports.DEFAULT_HOST;

    @Mixin
    private ClientTls tls = new ClientTls();

    private Duration answering = ANSWERING;
    private @Nullable HttpClient client;

    /** The server at this address, which has to answer in this time. */
    static RunningServer at(String host, int port, Duration answering) {
        var server = new RunningServer();
        server.host = host;
        server.port = port;
        server.answering = answering;
        return server;
    }

    /** Calls an operation of Gramme's own that belongs to no account or region, and may take any time. */
    String await(String operation, String request) throws IOException, InterruptedException {
        HttpRequest message = request(
                        Service.GRAMME,
                        operation,
                        request,
                        CallCredentials.issued(System.getenv()).orElse(CallerOptions.DEFAULT_ACCESS_KEY_ID),
                        CallerOptions.DEFAULT_REGION)
                .build();
        return send(message);
    }

    /**
     * Calls an operation of Gramme's own, one that the service does not have.
     *
     * @param accessKeyId names the account of the caller, and {@code region} its region
     * @return the answer, as JSON
     * @throws IOException with a message for the user, if the server cannot be reached or refuses the request
     */
    String ask(String operation, String request, String accessKeyId, String region)
            throws IOException, InterruptedException {
        return ask(Service.GRAMME, operation, request, accessKeyId, region);
    }

    /**
     * Calls an operation, and reads its output.
     *
     * @param accessKeyId names the account of the caller, and {@code region} its region
     * @throws IOException with a message for the user, if the server cannot be reached or refuses the request
     */
    <I, O> O call(Operation<I, O> operation, I input, String accessKeyId, String region)
            throws IOException, InterruptedException {
        String answer = answer(operation, input, accessKeyId, region);
        try {
            return operation.readOutput(answer.getBytes(UTF_8));
        } catch (ApiException e) {
            throw new IOException("the server answers in a form that this version of Gramme does not know", e);
        }
    }

    /** The same; returns the answer as JSON. */
    <I, O> String answer(Operation<I, O> operation, I input, String accessKeyId, String region)
            throws IOException, InterruptedException {
        String request = new String(operation.writeRequest(input), UTF_8);
        return ask(operation.service(), operation.name(), request, accessKeyId, region);
    }

    private String ask(Service service, String operation, String request, String accessKeyId, String region)
            throws IOException, InterruptedException {
        HttpRequest message = request(service, operation, request, accessKeyId, region)
                .timeout(answering)
                .build();
        return send(message);
    }

    /**
     * Calls an operation of a service in the query protocol.
     *
     * @param service its signing name
     * @param form the operation, the version and the members of the request
     * @return the answer, as XML
     * @throws IOException with a message for the user, if the server cannot be reached or refuses the request
     */
    String query(String service, Map<String, String> form, String accessKeyId, String region)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(pair -> URLEncoder.encode(pair.getKey(), UTF_8) + "=" + URLEncoder.encode(pair.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest message = CallCredentials.of(accessKeyId)
                .post(
                        uri(),
                        Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
                        body,
                        region,
                        service)
                .timeout(answering)
                .build();
        HttpResponse<String> answer = exchange(message);
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        throw XmlText.error(answer.body()).<IOException>map(IOException::new).orElseGet(() -> refusal(answer));
    }

    private HttpRequest.Builder request(
            Service service, String operation, String request, String accessKeyId, String region) throws IOException {
        Map<String, String> headers = Map.of(
                "content-type", "application/x-amz-json-1.0", "x-amz-target", service.targetPrefix() + "." + operation);
        return CallCredentials.of(accessKeyId).post(uri(), headers, request, region, service.signingName());
    }

    private String send(HttpRequest message) throws IOException, InterruptedException {
        HttpResponse<String> answer = exchange(message);
        if (answer.statusCode() != 200) {
            throw refusal(answer);
        }
        return answer.body();
    }

    /** The server answered with an error; the message is for the user. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final String type;
        private final String text;
        private final int status;

        RefusedException(Refusal refusal, int status) {
            super(refusal.text());
            this.type = refusal.type();
            this.text = refusal.message();
            this.status = status;
        }

        /** The name of the error's type, without the namespace. */
        String type() {
            return type;
        }

        /** The text of the error alone. */
        String text() {
            return text;
        }

        int status() {
            return status;
        }
    }

    private URI uri() throws IOException {
        try {
            // This constructor puts an IPv6 address into brackets.
            return new URI(tls.isWanted() ? "https" : "http", null, host, port, "/", null, null);
        } catch (URISyntaxException e) {
            throw new IOException("--host is the name or address of a host, not " + host, e);
        }
    }

    private IOException refusal(HttpResponse<String> answer) {
        if (!tls.isWanted() && answer.body().startsWith("This port speaks TLS")) {
            return new IOException("the server on " + host + ":" + port + " speaks TLS: call it with --tls");
        }
        return Refusal.read(answer.body())
                .<IOException>map(refusal -> new RefusedException(refusal, answer.statusCode()))
                .orElseGet(() -> new IOException(
                        host + ":" + port + " is not Gramme: it answers with status " + answer.statusCode()));
    }

    private HttpResponse<String> exchange(HttpRequest message) throws IOException, InterruptedException {
        HttpClient calling = client();
        try {
            return calling.send(message, BodyHandlers.ofString());
        } catch (SSLException e) {
            throw new IOException("no TLS with the server on " + host + ":" + port + ": " + e.getMessage(), e);
        } catch (HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    "the server on " + host + ":" + port + " has not answered within " + answering.toSeconds() + " s",
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private IOException unreachable(IOException cause) {
        return new IOException("no server answers on " + host + ":" + port + "; start one by 'gramme serve'", cause);
    }

    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(CONNECTING)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .version(HttpClient.Version.HTTP_1_1);
            client = (tls.isWanted() ? builder.sslContext(tls.context()) : builder).build();
        }
        return client;
    }
}
