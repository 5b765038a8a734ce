package io.gramme.embedded;

import io.gramme.core.signature.WireText;
import io.gramme.http.Headers;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The headers of a request of the SDK, with the characters that they would have on the wire. */
record RequestHeaders(SdkHttpRequest request) implements Headers {
    @Override
    public List<String> all(String name) {
        return request.matchingHeaders(name).stream().map(WireText::of).toList();
    }

    @Override
    public Optional<String> first(String name) {
        return request.firstMatchingHeader(name).map(WireText::of);
    }
}
