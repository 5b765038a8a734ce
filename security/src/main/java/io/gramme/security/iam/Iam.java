package io.gramme.security.iam;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Principal;
import io.gramme.security.Authorizer;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.PolicyDocuments;
import java.util.HashMap;
import java.util.Map;

/** The service IAM, as far as it is about users, groups, roles, access keys and policies. */
public final class Iam implements AwsService {
    private static final Names NAMES = new Names(
            "AWSIdentityManagementV20100508",
            "2010-05-08",
            "https://iam.amazonaws.com/doc/2010-05-08/",
            "com.amazonaws.iam",
            "iam");

    private final Authorizer authorizer;
    private final Map<String, Operation> operations;

    /** @param authorizer of the operations themselves */
    public Iam(Identities identities, Authorizer authorizer, PolicyDocuments documents) {
        this.authorizer = authorizer;
        var texts = new PolicyTexts(documents);
        var all = new HashMap<String, Operation>();
        all.putAll(new UserOperations(identities).all());
        all.putAll(new GroupOperations(identities).all());
        all.putAll(new RoleOperations(identities, texts).all());
        all.putAll(new KeyOperations(identities).all());
        all.putAll(new InlinePolicyOperations(identities, texts).all());
        all.putAll(new PolicyOperations(identities, texts).all());
        all.putAll(new VersionOperations(identities, texts).all());
        all.putAll(new AttachmentOperations(identities).all());
        all.putAll(new BoundaryOperations(identities).all());
        all.putAll(new TagOperations(identities).all());
        all.putAll(new AccountOperations(identities).all());
        all.putAll(new SimulationOperations(identities).all());
        this.operations = Map.copyOf(all);
    }

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Document.Structure answer(ServiceRequest request) {
        Operation operation = operations.get(request.operation());
        if (operation == null) {
            throw IamErrors.unknownOperation(request.operation());
        }
        Principal principal = request.caller().principal();
        if (principal.kind() != Principal.Kind.ROLE && principal.session().isPresent()) {
            throw IamErrors.sessionOfUser();
        }
        return operation.answer(new IamCall(request.operation(), request.input(), request.caller(), authorizer));
    }
}
