package io.gramme.server;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Caller;
import io.gramme.security.Authorizer;
import io.gramme.security.Authorizer.Permission;
import io.gramme.security.Authorizer.Resource;

/**
 * A service whose operations name no resource to policies: each needs its own name on all of them.
 *
 * @param prefix of its actions, with the colon
 */
record AuthorizedService(AwsService service, String prefix, Authorizer authorizer) implements AwsService {
    @Override
    public Names names() {
        return service.names();
    }

    @Override
    public Document.Structure answer(ServiceRequest request) {
        if (authorizer.decides()) {
            Caller caller = request.caller();
            authorizer.require(caller, Permission.of(prefix + request.operation(), Resource.of("*", caller.account())));
        }
        return service.answer(request);
    }
}
