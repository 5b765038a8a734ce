package io.gramme.kms;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceRequest;
import io.gramme.kms.key.Keys;
import io.gramme.security.Authorizer;
import io.gramme.security.KeyAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service KMS, over keys that are rows of this server's store. */
public final class Kms implements AwsService {
    private static final Names NAMES =
            new Names("TrentService", "2014-11-01", "https://trent.amazonaws.com/doc/2014-11-01/", "", "kms");

    /** Operations of the service that this server refuses, as it has not what they are about. */
    private static final Set<String> IMPORTS =
            Set.of("ImportKeyMaterial", "GetParametersForImport", "DeleteImportedKeyMaterial");

    private static final Set<String> KEY_STORES = Set.of(
            "ConnectCustomKeyStore",
            "CreateCustomKeyStore",
            "DeleteCustomKeyStore",
            "DescribeCustomKeyStores",
            "DisconnectCustomKeyStore",
            "UpdateCustomKeyStore");

    private static final Set<String> REPLICAS = Set.of("ReplicateKey", "UpdatePrimaryRegion");

    private final Map<String, Operation> operations;

    /**
     * @param authorizer of operations that name no key
     * @param access of those that do; empty if the server verifies no signatures
     */
    public Kms(Keys keys, Authorizer authorizer, Optional<KeyAccess> access) {
        var authority = new Authority(keys.store(), authorizer, access);
        var tokens = new GrantTokens(keys.seal());
        var targets = new Targets(keys, authority, tokens);
        var policies = new PolicyTexts(authority);
        var all = new HashMap<String, Operation>();
        all.putAll(new KeyOperations(keys, targets, policies).all());
        all.putAll(new AliasOperations(keys, targets).all());
        all.putAll(new CipherOperations(targets).all());
        all.putAll(new DataKeyOperations(targets).all());
        all.putAll(new SigningOperations(targets).all());
        all.putAll(new RotationOperations(keys, targets).all());
        all.putAll(new PolicyOperations(targets, policies).all());
        all.putAll(new GrantOperations(keys, targets, tokens).all());
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
            throw refusal(request.operation());
        }
        return operation.answer(KmsCall.of(request));
    }

    private static RuntimeException refusal(String operation) {
        if (IMPORTS.contains(operation)) {
            return KmsErrors.unsupported("Imported key material is not supported: this server makes the material.");
        }
        if (KEY_STORES.contains(operation)) {
            return KmsErrors.unsupported("Custom key stores are not supported: keys are rows of this server's store.");
        }
        if (REPLICAS.contains(operation)) {
            return KmsErrors.unsupported("Multi-Region keys are not supported: a key belongs to one Region.");
        }
        if (operation.equals("GetKeyLastUsage")) {
            return KmsErrors.unsupported("The last use of a key is not tracked: the audit log has each use.");
        }
        return KmsErrors.unknownOperation(operation);
    }
}
