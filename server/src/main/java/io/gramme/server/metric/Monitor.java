package io.gramme.server.metric;

import io.gramme.http.Endpoint;
import io.gramme.http.HttpServer;
import io.gramme.http.Pages;
import io.gramme.monitoring.MetricStore;
import io.gramme.security.audit.RefusedRequests;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.HistorySizes;

/**
 * Measures a server and shows the results as pages. The server names the things to watch before it serves the pages,
 * and closes the monitor after them.
 */
public interface Monitor extends Pages, AutoCloseable {
    /** The same endpoint, with its calls counted and timed. */
    Endpoint measured(Endpoint endpoint);

    /** Exposes the load of a server for requests. */
    void watch(HttpServer server);

    /** Exposes whether a store accepts writes, and its free space if it is on a disk of this process. */
    void watch(RowStore store);

    /** Exposes how many jobs there are, and their progress. */
    void watch(Jobs jobs);

    /** Exposes the metrics of tables, by the names of CloudWatch. */
    void watch(MetricStore metrics);

    /** Exposes the disk space that the history of each table takes. */
    void watch(HistorySizes sizes);

    /** Exposes how many requests were refused, by who sent them. */
    void watch(RefusedRequests refused);

    @Override
    void close();
}
