package io.gramme.security.iam;

import io.gramme.security.identity.PolicyDocuments;

/** Reads the texts of policies from requests. */
final class PolicyTexts {
    private final PolicyDocuments documents;

    PolicyTexts(PolicyDocuments documents) {
        this.documents = documents;
    }

    /** @throws io.gramme.api.service.ServiceException if the text cannot be stored */
    String read(IamCall call, String member, PolicyDocuments.Kind kind) {
        String text = call.text(member, Word.DOCUMENT);
        documents.complaint(text, kind).ifPresent(complaint -> {
            throw IamErrors.malformedPolicy(complaint);
        });
        return text;
    }

    /** Limits on policies count no white space. */
    static int size(String text) {
        return (int) text.chars()
                .filter(one -> one != ' ' && one != '\t' && one != '\n' && one != '\r')
                .count();
    }
}
