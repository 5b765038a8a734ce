package io.gramme.core.identity;

/**
 * Who makes a request, and from where. It is apart from the resources that the request addresses: these may belong to
 * another account.
 *
 * @param region that the request was signed for
 */
public record Caller(Principal principal, String region, Source source) {
    /** The server itself, for work that no request asked for. It may do everything. */
    public static final Caller SERVER = new Caller(Principal.SERVER, "", Source.HERE);

    /** The root identity of an account, in this JVM. */
    public static Caller root(String account, String region) {
        return new Caller(Principal.root(account), region, Source.HERE);
    }

    /** Twelve digits; empty for the server itself. */
    public String account() {
        return principal.account();
    }
}
