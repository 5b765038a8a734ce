package io.gramme.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the URL of an HTTP endpoint: {@code http://127.0.0.1:4566}. */
final class UrlText implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null
                    && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Not a URL: refused below.
        }
        throw new TypeConversionException("'" + text + "' is not a URL such as http://127.0.0.1:4566");
    }
}
