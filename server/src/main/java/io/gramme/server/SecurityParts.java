package io.gramme.server;

import io.gramme.api.service.AwsService;
import io.gramme.core.identity.AccessKeys;
import io.gramme.http.Authentication;
import io.gramme.http.Authentication.Mode;
import io.gramme.http.Exposure;
import io.gramme.http.tls.CertificateUsers;
import io.gramme.kms.Kms;
import io.gramme.kms.key.KeyStore;
import io.gramme.kms.key.Keys;
import io.gramme.security.Authorizer;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.KeyAccess;
import io.gramme.security.PolicyAuthorizer;
import io.gramme.security.PolicyRoleTrust;
import io.gramme.security.PolicyTextRules;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.audit.RefusedRequests;
import io.gramme.security.iam.Iam;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.RoleTrust;
import io.gramme.security.identity.RootKey;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.sts.Sts;
import io.gramme.server.ServerOptions.Security;
import io.gramme.server.permission.Guard;
import io.gramme.storage.RowStore;
import io.gramme.tables.access.Access;
import io.gramme.tables.job.BackgroundJob;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides who may call a server, and for what.
 *
 * @param refused requests by who sent them
 * @param services KMS, and IAM and STS; these two without signatures for this machine alone, so that identities can be prepared
 * @param keys of KMS
 */
record SecurityParts(
        Authentication authentication,
        Guard guard,
        Access access,
        List<AwsService> services,
        RefusedRequests refused,
        Keys keys) {
    private static final System.Logger LOG = System.getLogger(SecurityParts.class.getName());

    /** Kinds of refused requests that are told apart: more than an operator looks at. */
    private static final int MOST_REFUSALS = 1_000;

    static SecurityParts open(ServerOptions options, RowStore store, InstantSource clock, CloseStack parts) {
        Security security = options.security();
        Identities identities = Identities.open(store, keySource(options), clock);
        parts.push(BackgroundJob.start("gramme-key-uses", identities.uses())::close);
        var keys = new Keys(new KeyStore(store), identities.seal(), clock);
        identities.alsoReseals(keys::resealAll);
        var policies = new CompiledPolicies(identities::policiesOf);
        var rules = new ResourcePolicyRules(policies, clock);
        Duration pause = options.pace().tableDelay().isZero() ? Duration.ZERO : Guard.PAUSE;
        var texts = new PolicyTextRules();
        RoleTrust trust = security.mode() == Mode.OFF ? RoleTrust.UNRESTRICTED : new PolicyRoleTrust(policies, clock);
        var sts = new Sts(identities, trust, texts);
        var refused = new RefusedRequests(MOST_REFUSALS);
        if (security.mode() == Mode.OFF) {
            Authorizer all = Authorizer.UNRESTRICTED;
            return new SecurityParts(
                    Authentication.OFF,
                    new Guard(all, rules, pause),
                    Access.UNRESTRICTED,
                    services(
                            new Kms(keys, all, Optional.empty()),
                            isOfThisMachineAlone(options) ? List.of(new Iam(identities, all, texts), sts) : List.of()),
                    refused,
                    keys);
        }
        RootKey.bootstrap(identities, security.rootAccount(), security.root())
                .ifPresentOrElse(security.firstKey(), () -> warnOfOtherRoot(identities, security));
        var users = CertificateUsers.bySubject(Optional.of(security.rootAccount()));
        var refusals = new RefusalLog(refused);
        boolean enforces = security.mode() == Mode.ENFORCE;
        var authorizer = new PolicyAuthorizer(policies, clock, enforces, refusals::refused);
        // What is made with identities and keys outlives the trial of policies, so it is never tried without them.
        var strict = new PolicyAuthorizer(policies, clock, true, refusals::refused);
        var authentication = new Authentication(
                security.mode(),
                identities,
                certificate -> users.userArn(certificate).flatMap(identities::userOf),
                Authentication.Rules.DEFAULT,
                clock,
                refusals::refused);
        return new SecurityParts(
                authentication,
                new Guard(authorizer, rules, pause),
                authorizer,
                services(
                        new Kms(keys, strict, Optional.of(new KeyAccess(policies, clock, refusals::refused))),
                        List.of(new Iam(identities, strict, texts), sts)),
                refused,
                keys);
    }

    private static List<AwsService> services(Kms kms, List<AwsService> ofIdentities) {
        var all = new ArrayList<>(ofIdentities);
        all.add(kms);
        return List.copyOf(all);
    }

    /**
     * Keys that anyone could make would be good once signatures are verified: without them, IAM and STS serve this machine
     * alone.
     */
    private static boolean isOfThisMachineAlone(ServerOptions options) {
        return Exposure.refusal(options.ports().host(), Mode.OFF, false).isEmpty();
    }

    private static void warnOfOtherRoot(Identities identities, Security security) {
        security.root()
                .filter(given -> identities.find(given.id(), Optional.empty()) instanceof AccessKeys.Found.Unknown)
                .ifPresent(given -> LOG.log(
                        Level.WARNING,
                        "The configured root key was not made, because there are identities already: key="
                                + given.id()));
    }

    static ServerKeySource keySource(ServerOptions options) {
        return options.security().serverKey().map(ServerKeySource::file).orElseGet(() -> switch (options.engine()) {
            case Engine.Memory _ -> ServerKeySource.random();
            case Engine.Disk disk -> ServerKeySource.beside(disk.directory());
            case Engine.Shared _ -> ServerKeySource.none();
        });
    }
}
