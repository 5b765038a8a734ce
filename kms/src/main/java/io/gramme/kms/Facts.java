package io.gramme.kms;

import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.KeySpec;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.key.Key;
import io.gramme.security.policy.ConditionContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The keys of conditions that a request for KMS determines. Names have no case, so those of contexts have none either. */
final class Facts {
    private static final String CONTEXT = "kms:encryptioncontext:";

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    Facts put(String name, List<String> texts) {
        values.put(name.toLowerCase(Locale.ROOT), List.copyOf(texts));
        return this;
    }

    Facts put(String name, String text) {
        return put(name, List.of(text));
    }

    Facts put(String name, Optional<String> text) {
        text.ifPresent(one -> put(name, one));
        return this;
    }

    Facts context(EncryptionContext context) {
        if (!context.pairs().isEmpty()) {
            put("kms:EncryptionContextKeys", List.copyOf(context.pairs().keySet()));
            context.pairs().forEach((name, value) -> put(CONTEXT + name, value));
        }
        return this;
    }

    Facts tags(Map<String, String> tags) {
        tags.forEach((name, value) -> put("aws:RequestTag/" + name, value));
        return tags.isEmpty() ? this : put("aws:TagKeys", List.copyOf(tags.keySet()));
    }

    Facts of(KeySpec spec, KeyUsage usage) {
        return put("kms:KeySpec", spec.name())
                .put("kms:KeyUsage", usage.name())
                .put("kms:KeyOrigin", "AWS_KMS")
                .put("kms:MultiRegion", "false");
    }

    Facts of(Key key) {
        return of(key.spec(), key.usage());
    }

    ConditionContext context() {
        Map<String, List<String>> all = Map.copyOf(values);
        return name -> Optional.ofNullable(all.get(name));
    }

    Map<String, List<String>> values() {
        return Map.copyOf(values);
    }
}
