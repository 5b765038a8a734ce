package io.gramme.security.policy;

/** What an Allow of a resource policy is worth for a principal of the same account, from nothing to everything. */
enum Grant {
    NONE,
    /** The account may grant it: an identity policy still has to allow. */
    DELEGATED,
    /** It counts like an identity policy's Allow: boundary and session still have to allow. */
    BOUNDED,
    /** Neither boundary nor session limits it. */
    DIRECT
}
