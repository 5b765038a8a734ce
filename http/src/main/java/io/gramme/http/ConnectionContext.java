package io.gramme.http;

/** What all connections of a server share. */
record ConnectionContext(
        HttpOptions options,
        Door door,
        RequestExecutor requests,
        BodyMemory memory,
        RequestIds ids,
        HttpDate date,
        Connections connections,
        AddressUse addresses) {}
