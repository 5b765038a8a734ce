package io.gramme.server;

import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.http.Authentication;
import io.gramme.http.Authentication.Refusal;
import io.gramme.security.audit.AuditEvent;
import io.gramme.security.audit.AuditEvent.Failure;
import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.security.audit.AuditLog;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records requests whose signatures were refused. Strangers could fill a disk with them, so a minute has a limited
 * number of such events; the first one afterwards says how many were left out. Safe for use by many threads.
 */
final class AuditedRefusals implements Authentication.Listener {
    static final int MOST_PER_MINUTE = 100;

    private static final String NAME = "RefusedSignature";
    private static final long MINUTE_MILLIS = 60_000;
    private static final Principal UNKNOWN = new Principal(Principal.Kind.USER, "", "", "", Map.of(), Optional.empty());

    private final AuditLog log;
    private final InstantSource clock;
    private final Authentication.Listener next;
    private long minute;
    private int recorded;
    private long leftOut;

    private AuditedRefusals(AuditLog log, InstantSource clock, Authentication.Listener next) {
        this.log = log;
        this.clock = clock;
        this.next = next;
    }

    /** The same way to determine callers, whose refusals are recorded as well. */
    static Authentication in(Authentication given, AuditLog log, InstantSource clock) {
        return new Authentication(
                given.mode(),
                given.keys(),
                given.certificates(),
                given.rules(),
                given.clock(),
                new AuditedRefusals(log, clock, given.listener()));
    }

    @Override
    public void refused(Refusal refusal) {
        next.refused(refusal);
        admitted().ifPresent(before -> log.record(event(refusal, before)));
    }

    /** How many were left out before this one; empty if it is left out itself. */
    private synchronized Optional<Long> admitted() {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            minute = now;
            recorded = 0;
        }
        if (recorded == MOST_PER_MINUTE) {
            leftOut++;
            return Optional.empty();
        }
        recorded++;
        long before = leftOut;
        leftOut = 0;
        return Optional.of(before);
    }

    private AuditEvent event(Refusal refusal, long before) {
        return new AuditEvent(
                clock.instant(),
                refusal.service() + ".amazonaws.com",
                NAME,
                new Caller(UNKNOWN, "", refusal.source()),
                Optional.of(refusal.keyId()).filter(id -> !id.isEmpty()),
                "",
                Plane.CONTROL,
                true,
                List.of(),
                Optional.of(new Failure(refusal.type().shortName(), refusal.reason())),
                before == 0 ? Optional.empty() : Optional.of("{\"leftOut\":" + before + "}"));
    }
}
