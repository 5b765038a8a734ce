package io.gramme.server.wire;

/** What all connections of a server have in common. */
record Shared(
        HttpOptions options,
        Door door,
        Requests requests,
        BodyMemory memory,
        RequestIds ids,
        HttpDate date,
        Connections connections) {}
