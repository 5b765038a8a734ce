package io.gramme.kms;

import io.gramme.api.service.Document;

/** One operation of KMS. */
@FunctionalInterface
interface Operation {
    Document.Structure answer(KmsCall call);
}
