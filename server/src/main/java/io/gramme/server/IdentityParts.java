package io.gramme.server;

import io.gramme.api.service.AwsService;
import io.gramme.security.Authorizer;
import io.gramme.security.iam.Iam;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.JsonDocuments;
import io.gramme.security.identity.RoleTrust;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.sts.Sts;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.BackgroundJob;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The identities of a server, and the services IAM and STS over them. */
record IdentityParts(Identities identities, List<AwsService> services) {

    /** @throws io.gramme.storage.StorageException if the stored secrets cannot be opened */
    static IdentityParts start(ServerOptions options, RowStore store, InstantSource clock, CloseStack parts) {
        Identities identities = Identities.open(store, serverKey(options), clock);
        // Every server stores the uses that it saw.
        parts.push(BackgroundJob.start("gramme-key-uses", identities.uses())::close);
        var documents = new JsonDocuments();
        return new IdentityParts(
                identities,
                List.of(
                        new Iam(identities, Authorizer.UNRESTRICTED, documents),
                        new Sts(identities, RoleTrust.UNRESTRICTED, documents)));
    }

    /** The services alone. */
    static List<AwsService> services(ServerOptions options, RowStore store, InstantSource clock, CloseStack parts) {
        return start(options, store, clock, parts).services;
    }

    private static ServerKeySource serverKey(ServerOptions options) {
        return options.security().serverKey().map(ServerKeySource::file).orElseGet(() -> switch (options.engine()) {
            case Engine.Memory _ -> ServerKeySource.random();
            case Engine.Disk(Path directory, var _) -> ServerKeySource.beside(directory);
            case Engine.Shared _ -> ServerKeySource.none();
        });
    }
}
