package io.gramme.security.iam;

import io.gramme.api.service.Document;

/** One operation of IAM. */
@FunctionalInterface
interface Operation {
    Document.Structure answer(IamCall call);
}
