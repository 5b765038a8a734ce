package io.gramme.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.TableErrors;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.table.AccountRegion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
    private static final AccountRegion OWNER = new AccountRegion("111111111111", "eu-west-1");
    private static final AccountRegion OTHER = new AccountRegion("222222222222", "eu-west-1");

    private final VirtualClock clock = new VirtualClock();
    private final MetricStore store = new MetricStore(new MemoryStore(clock), clock, 1, 10);
    private final Set<AccountRegion> owners = new HashSet<>(Set.of(OWNER));
    private final RequestMetrics requests = new RequestMetrics(new TableMetrics(store), _ -> false, owners::contains);

    private void fail(AccountRegion owner) {
        requests.failed(owner, "GetItem", List.of(), TableErrors.tableNotFound(), 1);
    }

    @Test
    void theErrorsOfAnAccountWithoutTablesMakeNoSeries() {
        fail(OTHER);
        fail(OWNER);
        assertThat(store.received()).extracting(Series::id).containsExactly(MetricId.of(OWNER, Metric.USER_ERRORS));
    }

    @Test
    void aSeriesThatHasBegunGoesOnAfterTheLastTableIsDeleted() {
        fail(OWNER);
        owners.clear();
        fail(OWNER);
        assertThat(store.received()).extracting(one -> one.totals().count()).containsExactly(2L);
    }
}
