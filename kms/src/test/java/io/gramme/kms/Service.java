package io.gramme.kms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.error.ApiException;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import io.gramme.kms.key.KeyStore;
import io.gramme.kms.key.Keys;
import io.gramme.security.Authorizer;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.KeyAccess;
import io.gramme.security.PolicyAuthorizer;
import io.gramme.security.RefusalListener;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.IdentityPolicies;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.identity.ServerKeys;
import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A service over rows, and calls to it as JSON brings them. */
final class Service {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-west-1";
    static final String ARN = "arn:aws:kms:" + REGION + ":" + ACCOUNT + ":";
    static final Principal ROOT = Principal.root(ACCOUNT);
    static final String FIRST_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
    static final String SECOND_KEY = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY=\n";

    final RowStore rows;
    final VirtualClock clock;
    final Identities identities;
    final Keys keys;
    final Kms kms;
    Caller caller = new Caller(ROOT, REGION, Source.HERE);

    private Service(
            RowStore rows,
            VirtualClock clock,
            String serverKeys,
            Optional<Function<Principal, IdentityPolicies>> policies) {
        this.rows = rows;
        this.clock = clock;
        this.identities = Identities.open(rows, source(serverKeys), clock);
        this.keys = new Keys(new KeyStore(rows), identities.seal(), clock);
        identities.alsoReseals(keys::resealAll);
        if (policies.isEmpty()) {
            this.kms = new Kms(keys, Authorizer.UNRESTRICTED, Optional.empty());
            return;
        }
        var compiled = new CompiledPolicies(policies.get());
        this.kms = new Kms(
                keys,
                new PolicyAuthorizer(compiled, clock, true, RefusalListener.NONE),
                Optional.of(new KeyAccess(compiled, clock, RefusalListener.NONE)));
    }

    static Service inMemory() {
        return over(new MemoryStore(InstantSource.system()), new VirtualClock(), FIRST_KEY);
    }

    static Service over(RowStore rows, VirtualClock clock, String serverKeys) {
        return new Service(rows, clock, serverKeys, Optional.empty());
    }

    /** One that verifies signatures: its callers are who they say. */
    static Service enforcing(Function<Principal, IdentityPolicies> policies) {
        return new Service(
                new MemoryStore(InstantSource.system()), new VirtualClock(), FIRST_KEY, Optional.of(policies));
    }

    static ServerKeySource source(String text) {
        ServerKeys keys = ServerKeys.parse(text);
        return new ServerKeySource() {
            @Override
            public Optional<ServerKeys> find() {
                return Optional.of(keys);
            }

            @Override
            public Optional<ServerKeys> create() {
                return Optional.of(keys);
            }

            @Override
            public String place() {
                return "a test";
            }
        };
    }

    /** @param members names and values in turn: texts, numbers, flags, bytes, lists, maps of texts, or documents */
    Document.Structure call(String operation, Object... members) {
        return kms.answer(new ServiceRequest(operation, Input.of(structure(members)), caller));
    }

    static Document.Structure structure(Object... members) {
        var structure = new LinkedHashMap<String, Document>();
        for (int i = 0; i < members.length; i += 2) {
            structure.put((String) members[i], document(members[i + 1]));
        }
        return new Document.Structure(structure);
    }

    private static Document document(Object value) {
        return switch (value) {
            case Document document -> document;
            case String text -> new Document.Text(text);
            case Integer number -> new Document.Whole(number);
            case Boolean flag -> new Document.Flag(flag);
            case byte[] bytes -> new Document.Text(Base64.getEncoder().encodeToString(bytes));
            case List<?> list ->
                new Document.Sequence(list.stream().map(Service::document).toList());
            case Map<?, ?> map -> {
                var members = new LinkedHashMap<String, Document>();
                map.forEach((name, one) -> members.put((String) name, document(one)));
                yield new Document.Structure(members);
            }
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    /** The error of a call, as name and text. */
    String error(String operation, Object... members) {
        try {
            return "no error: " + call(operation, members);
        } catch (ServiceException e) {
            return e.shape() + ": " + e.text();
        } catch (ApiException e) {
            return e.code().shortName() + ": " + e.text();
        }
    }

    /** The member at a path of names. */
    static Document at(Document document, String... path) {
        Document found = document;
        for (String name : path) {
            found = ((Document.Structure) found).members().getOrDefault(name, new Document.Text("(absent)"));
        }
        return found;
    }

    static String text(Document document, String... path) {
        return switch (at(document, path)) {
            case Document.Text(var text) -> text;
            case Document.Flag(var flag) -> Boolean.toString(flag);
            case Document.Whole(var number) -> Long.toString(number);
            case Document other -> other.toString();
        };
    }

    static byte[] bytes(Document document, String member) {
        return Base64.getDecoder().decode(text(document, member));
    }

    static String plain(Document document, String member) {
        return new String(bytes(document, member), UTF_8);
    }

    static List<String> texts(Document document, String list, String member) {
        var texts = new ArrayList<String>();
        for (Document one : ((Document.Sequence) at(document, list)).elements()) {
            texts.add(member.isEmpty() ? text(one) : text(one, member));
        }
        return texts;
    }

    /** The id of a new key. */
    String key(Object... members) {
        return text(call("CreateKey", members), "KeyMetadata", "KeyId");
    }

    byte[] encrypt(String key, String plain, Map<String, String> context) {
        return bytes(
                call("Encrypt", "KeyId", key, "Plaintext", plain.getBytes(UTF_8), "EncryptionContext", context),
                "CiphertextBlob");
    }

    String decrypt(byte[] blob, Map<String, String> context) {
        return plain(call("Decrypt", "CiphertextBlob", blob, "EncryptionContext", context), "Plaintext");
    }
}
