package io.gramme.http;

import io.gramme.http.tls.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests of browsers a server takes whose clients need no signature. Pure, except that the names of a certificate
 * change with it.
 *
 * <ul>
 *   <li>A host that is a name must be one of this machine, one that the options name, or one of the certificate. This holds
 *       for every request to a server that listens on the loopback address alone, and elsewhere for requests that come
 *       from browsers: other clients may reach a server by any name, such as that of a service in a network of containers.
 *       An address is always allowed, because no name can be made to mean another host by it.
 *   <li>A page may call if it is of the server's own origin, or of one that the options name.
 * </ul>
 */
final class BrowserRules {
    /** What a header may hold to be repeated in a refusal. */
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9.:/\\[\\]_-]{1,100}");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]{2,45}]");

    /** By which containers address the machine that they run on. */
    private static final Set<String> OF_THIS_MACHINE =
            Set.of("localhost", "host.docker.internal", "gateway.docker.internal", "host.containers.internal");

    private final boolean loopback;
    private final Set<String> names = new HashSet<>(OF_THIS_MACHINE);
    private final Set<String> origins;
    private final String scheme;
    private final Optional<ServerTls> tls;

    BrowserRules(HttpOptions options) {
        this.loopback = isLoopback(options.host());
        this.tls = options.tls();
        this.scheme = tls.isPresent() ? "https" : "http";
        options.browsers().hostNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        names.add(options.host().toLowerCase(Locale.ROOT));
        this.origins = Set.copyOf(options.browsers().origins());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** Why the request is refused, as a sentence for the operator; empty if it is not. */
    Optional<String> refusal(Request request) {
        String host = request.header("Host");
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean ofBrowser = request.has("Origin") || !site.isEmpty();
        if ((loopback || ofBrowser) && !knows(host)) {
            return Optional.of("This server is not known by the host " + shown(host)
                    + ": start it with --host-name and that name to allow this");
        }
        if (request.has("Origin") && !allows(request)) {
            return Optional.of("Pages of the origin " + shown(origin)
                    + " may not call this server: start it with --allow-origin and that origin to allow this");
        }
        boolean ofOtherPage = site.equals("cross-site") || site.equals("same-site");
        boolean reads = List.of("GET", "HEAD").contains(request.method());
        if (ofOtherPage && !request.has("Origin") && !reads) {
            return Optional.of("Pages of other sites may not call this server: start it with --allow-origin and their"
                    + " origin to allow this");
        }
        return Optional.empty();
    }

    /** Whether pages of the origin of this request may call. */
    boolean allows(Request request) {
        String origin = request.header("Origin");
        String own = scheme + "://" + request.header("Host").toLowerCase(Locale.ROOT);
        return origins.contains(origin) || (knows(request.header("Host")) && own.equals(origin));
    }

    /** @param header the host with or without a port; empty if the request has none, which no browser leaves out */
    private boolean knows(String header) {
        String host = PORT.matcher(header.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.isEmpty()
                || ADDRESS.matcher(name).matches()
                || names.contains(name)
                || name.endsWith(".localhost")
                || tls.map(own -> isOfCertificate(own, name)).orElse(false);
    }

    private static boolean isOfCertificate(ServerTls tls, String host) {
        int dot = host.indexOf('.');
        String wildcard = dot < 0 ? host : "*" + host.substring(dot);
        return tls.names().contains(host) || tls.names().contains(wildcard);
    }

    private static String shown(String header) {
        return PRINTABLE.matcher(header).matches() ? header : "in its header";
    }
}
