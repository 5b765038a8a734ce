package io.gramme.security.sts;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Caller;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.PolicyDocuments;
import io.gramme.security.identity.RoleTrust;

/** The service STS, as far as it makes sessions of users and roles. */
public final class Sts implements AwsService {
    private static final Names NAMES = new Names(
            "AWSSecurityTokenServiceV20110615",
            "2011-06-15",
            "https://sts.amazonaws.com/doc/2011-06-15/",
            "com.amazonaws.sts",
            "sts");

    private final AssumeRole assumeRole;
    private final GetSessionToken getSessionToken;

    public Sts(Identities identities, RoleTrust trust, PolicyDocuments documents) {
        var credentials = new Credentials(identities);
        this.assumeRole = new AssumeRole(identities, trust, documents, credentials);
        this.getSessionToken = new GetSessionToken(identities, credentials);
    }

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Document.Structure answer(ServiceRequest request) {
        return switch (request.operation()) {
            // Allowed always, even where a policy denies it.
            case "GetCallerIdentity" -> callerIdentity(request.caller());
            case "AssumeRole" -> assumeRole.answer(request.caller(), request.input());
            case "GetSessionToken" -> getSessionToken.answer(request.caller(), request.input());
            default -> throw StsErrors.unknownOperation(request.operation());
        };
    }

    private static Document.Structure callerIdentity(Caller caller) {
        return new Output()
                .put("UserId", caller.principal().id())
                .put("Account", caller.account())
                .put("Arn", caller.principal().arn())
                .done();
    }
}
