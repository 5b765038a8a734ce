package io.gramme.metrics;

import io.gramme.core.bytes.Bytes;
import io.gramme.http.Endpoint;
import io.gramme.http.HttpServer;
import io.gramme.monitoring.MetricStore;
import io.gramme.security.audit.RefusedRequests;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Lags.Kind;
import io.gramme.server.metric.Lags.Lag;
import io.gramme.server.metric.Monitor;
import io.gramme.storage.DiskSpace;
import io.gramme.storage.RowStore;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.HistorySizes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The metrics of a server in the formats of Prometheus, at {@code /metrics}. */
public final class Metrics implements Monitor {
    private static final System.Logger LOG = System.getLogger(Metrics.class.getName());
    private static final String PATH = "/metrics";
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Lags lags;
    private final Map<Kind, MultiGauge> gauges = new EnumMap<>(Kind.class);

    /** Guarded by {@code reading}. */
    private final List<JobGauges> jobs = new ArrayList<>();

    /** Guarded by {@code reading}. */
    private final List<HistoryGauges> histories = new ArrayList<>();

    /** Guarded by {@code reading}. */
    private final List<RefusalGauges> refusals = new ArrayList<>();

    /** Held while the lags are read, so that a scrape shows the lags of one moment. */
    private final ReentrantLock reading = new ReentrantLock();

    public Metrics(Lags lags) {
        this.lags = lags;
        lags.sources().keySet().forEach(kind -> gauges.put(kind, gauge(kind)));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private MultiGauge gauge(Kind kind) {
        return MultiGauge.builder("gramme." + kind.name().toLowerCase(Locale.ROOT) + ".lag")
                .description(kind.meaning())
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public Endpoint measured(Endpoint endpoint) {
        return new MeasuredEndpoint(endpoint, registry);
    }

    @Override
    public void watch(HttpServer server) {
        gauge(server, "gramme.connections", "Open connections", load -> load.connections());
        gauge(server, "gramme.requests.in.hand", "Requests being processed", load -> load.requests());
        gauge(
                server,
                "gramme.body.bytes",
                "Bytes of requests and responses waiting on the network",
                load -> load.bodyBytes());
        FunctionCounter.builder(
                        "gramme.requests.refused", server, one -> one.load().refused())
                .description("Requests refused with ThrottlingException, because too many were in progress")
                .tag("port", port(server))
                .register(registry);
    }

    @Override
    public void watch(RowStore store) {
        Gauge.builder("gramme.writes.refused", store, one -> one.writesRefused().isPresent() ? 1 : 0)
                .description("1 while the store refuses writes, because its disk is full or has failed")
                .register(registry);
        if (store.disk().isPresent()) {
            gauge(store, "gramme.disk.free.bytes", "Bytes free on the disk of the tables", DiskSpace::freeBytes);
            gauge(
                    store,
                    "gramme.disk.reserve.bytes",
                    "Writes are refused while fewer bytes are free",
                    DiskSpace::reserveBytes);
        }
    }

    @Override
    public void watch(Jobs watched) {
        reading.lock();
        try {
            jobs.add(new JobGauges(watched, registry));
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void watch(MetricStore metrics) {
        registry.getPrometheusRegistry().register(new TableCollector(metrics));
    }

    @Override
    public void watch(HistorySizes sizes) {
        reading.lock();
        try {
            histories.add(new HistoryGauges(sizes, registry));
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void watch(RefusedRequests refused) {
        reading.lock();
        try {
            refusals.add(new RefusalGauges(refused, registry));
        } finally {
            reading.unlock();
        }
    }

    private void gauge(RowStore store, String name, String meaning, ToLongFunction<DiskSpace> value) {
        Gauge.builder(name, store, one -> one.disk().map(value::applyAsLong).orElse(0L))
                .description(meaning)
                .register(registry);
    }

    private void gauge(HttpServer server, String name, String meaning, ToDoubleFunction<HttpServer.Load> value) {
        Gauge.builder(name, server, one -> value.applyAsDouble(one.load()))
                .description(meaning)
                .tag("port", port(server))
                .register(registry);
    }

    private static String port(HttpServer server) {
        return String.valueOf(server.address().getPort());
    }

    @Override
    public Optional<Page> at(String path, String accepted) {
        return path.equals(PATH) ? Optional.of(page(FORMATS.findWriter(accepted))) : Optional.empty();
    }

    private Page page(ExpositionFormatWriter format) {
        var out = new ByteArrayOutputStream();
        reading.lock();
        try {
            gauges.forEach(this::bringUpToDate);
            jobs.forEach(JobGauges::update);
            histories.forEach(HistoryGauges::update);
            refusals.forEach(RefusalGauges::update);
            format.write(out, registry.getPrometheusRegistry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reading.unlock();
        }
        return new Page(format.getContentType(), Bytes.wrap(out.toByteArray()));
    }

    /** Updates the gauges of one kind. A lag that cannot be read has no value, so its gauge is left out. */
    private void bringUpToDate(Kind kind, MultiGauge gauge) {
        gauge.register(found(kind).stream().map(Metrics::row).toList(), true);
    }

    private List<Lag> found(Kind kind) {
        try {
            return source(kind).get();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Cannot read lag: " + kind, e);
            return List.of();
        }
    }

    private Supplier<List<Lag>> source(Kind kind) {
        return lags.sources().getOrDefault(kind, List::of);
    }

    private static Row<Duration> row(Lag lag) {
        List<Tag> tags = lag.of().entrySet().stream()
                .map(entry -> Tag.of(entry.getKey(), entry.getValue()))
                .toList();
        return Row.of(Tags.of(tags), lag.behind(), behind -> behind.toNanos() / 1e9);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
