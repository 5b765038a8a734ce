package io.gramme.server.wire;

/** What all connections of a server have in common. */
record ConnectionContext(
        HttpOptions options,
        Door door,
        RequestExecutor requests,
        BodyMemory memory,
        RequestIds ids,
        HttpDate date,
        Connections connections) {}
