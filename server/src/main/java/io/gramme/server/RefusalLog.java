package io.gramme.server;

import io.gramme.core.error.ErrorCode;
import io.gramme.core.identity.Caller;
import io.gramme.http.Authentication.Refusal;
import io.gramme.security.audit.RefusedRequests;
import io.gramme.security.audit.RefusedRequests.Kind;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.Decision;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Counts and logs who was refused, or would have been: all of it at DEBUG, and what passed only because the mode is WARN at WARNING,
 * so that an operator sees what has to be allowed before the mode becomes ENFORCE.
 */
final class RefusalLog {
    private static final System.Logger LOG = System.getLogger("io.gramme.access");

    private final RefusedRequests counts;

    RefusalLog(RefusedRequests counts) {
        this.counts = counts;
    }

    void refused(Refusal refusal) {
        counts.count(new Kind(
                plain(refusal.keyId()),
                refusal.source().address(),
                refusal.type().shortName()));
        Level level = refusal.passed() ? Level.WARNING : Level.DEBUG;
        if (LOG.isLoggable(level)) {
            LOG.log(
                    level,
                    (refusal.passed() ? "Would refuse" : "Refused") + " a signature: key=" + plain(refusal.keyId())
                            + " service=" + refusal.service() + " from="
                            + refusal.source().address() + " cause=" + plain(refusal.reason()));
        }
    }

    void refused(Caller caller, AccessRequest request, Decision decision, boolean enforced) {
        counts.count(new Kind(
                plain(caller.principal().arn()), caller.source().address(), ErrorCode.ACCESS_DENIED.shortName()));
        Level level = enforced ? Level.DEBUG : Level.WARNING;
        if (LOG.isLoggable(level)) {
            Optional<String> policy = decision.policy();
            LOG.log(
                    level,
                    (enforced ? "Refused" : "Would refuse") + " a request: caller="
                            + plain(caller.principal().arn()) + " action=" + request.action() + " resource="
                            + plain(request.resource()) + " from="
                            + caller.source().address() + " cause="
                            + decision.cause()
                            + policy.map(name -> " policy=" + plain(name)).orElse(""));
        }
    }

    /** In one line, also if a client sent several. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
