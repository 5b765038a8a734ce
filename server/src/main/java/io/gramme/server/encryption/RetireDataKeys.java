package io.gramme.server.encryption;

import io.gramme.api.RetireDataKeysInput;
import io.gramme.api.RetireDataKeysOutput;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.server.operation.Handler;
import io.gramme.server.operation.RequestContext;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;

/** Gramme extension: starts the job that writes rows again whose data keys are old, and destroys these keys. */
public final class RetireDataKeys implements Handler<RetireDataKeysInput, RetireDataKeysOutput> {
    private final Tables tables;
    private final Jobs jobs;
    private final boolean sealed;
    private final MillisecondClock clock;

    /** @param sealed whether rows are sealed */
    public RetireDataKeys(Tables tables, Jobs jobs, boolean sealed, MillisecondClock clock) {
        this.tables = tables;
        this.jobs = jobs;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public RetireDataKeysOutput handle(RetireDataKeysInput request, RequestContext context) {
        Table table = tables.describe(context.accountRegion(), request.tableName());
        if (!sealed) {
            throw EncryptionErrors.notSealed();
        }
        if (table.isInaccessible()) {
            throw EncryptionErrors.keyAccessDenied();
        }
        if (!table.status().isUsable()) {
            throw EncryptionErrors.notRotatable(table.name(), table.status().name());
        }
        if (table.history().isPresent()) {
            throw EncryptionErrors.statesAreSealed(table.name());
        }
        Job job = jobs.submit(
                DataKeyRetirement.job(table, tables.statistics().of(table).items(), clock.instant()));
        return RetireDataKeysOutput.builder().jobId(job.id()).build();
    }
}
