package io.gramme.differential.side;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The contestants by their names on the command line. */
public final class Contestants {
    private static final String DYNALITE = "dynalite";

    private Contestants() {}

    /** The names of all contestants, besides URLs. */
    public static List<String> names() {
        return Stream.concat(Stream.of(DYNALITE), Form.names().stream()).toList();
    }

    /** @param name dynalite, a form of Gramme, or a URL */
    public static Contestant of(String name, Map<String, String> environment) {
        Installation installation = Installation.ofProject();
        if (name.equals(DYNALITE)) {
            return new Dynalite(installation.output());
        }
        if (!name.contains("://")) {
            return new Gramme(Form.of(name), installation);
        }
        URI url = URI.create(name);
        if (url.getHost() == null) {
            throw new IllegalArgumentException("not a URL: " + name);
        }
        return Endpoint.of(url, environment);
    }
}
