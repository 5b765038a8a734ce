package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.storage.Budget;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches the rows of a query from Cassandra, some at a time: more at a time, the smaller they are. The constructor
 * begins it. For one thread.
 */
final class Fetch {
    private static final int FIRST_FETCH = 32;
    private static final int LARGEST_FETCH = 2_000;

    private final Cql cql;
    private final BoundStatement statement;
    private final ConsistencyLevel level;
    private final Budget budget;
    private CompletableFuture<AsyncResultSet> answer;
    private int size;

    Fetch(Cql cql, BoundStatement statement, ConsistencyLevel level, Budget budget) {
        this.cql = cql;
        this.statement = statement;
        this.level = level;
        this.budget = budget;
        // One more than needed shows whether there are more.
        this.size = Math.min(budget.rows(), FIRST_FETCH - 1) + 1;
        this.answer = cql.executeAsync(statement.setPageSize(size), level);
    }

    Iterable<Row> rows() {
        return cql.await(answer).currentPage();
    }

    boolean hasMore() {
        return cql.await(answer).hasMorePages();
    }

    /** Returns whether there are more. */
    boolean fetchMore() {
        AsyncResultSet last = cql.await(answer);
        if (!last.hasMorePages()) {
            return false;
        }
        ExecutionInfo info = last.getExecutionInfo();
        long bytesOfRow = Math.max(1, info.getResponseSizeInBytes() / size);
        size = Math.clamp(budget.bytes() / bytesOfRow, FIRST_FETCH, LARGEST_FETCH);
        answer = cql.executeAsync(statement.setPageSize(size).setPagingState(info.getPagingState()), level);
        return true;
    }
}
