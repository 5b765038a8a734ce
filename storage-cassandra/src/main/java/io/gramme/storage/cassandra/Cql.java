package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import io.gramme.storage.StorageException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The connection to the Cassandra cluster. Threads that wait for it are virtual ones and release their carriers; no
 * thread waits much longer than the request timeout, in any state of the nodes.
 */
final class Cql implements AutoCloseable {
    /** Reads and writes at a majority; rows that plain writes wrote are read back at this level. */
    static final ConsistencyLevel QUORUM = ConsistencyLevel.LOCAL_QUORUM;

    /** Reads after every conditional write that has been decided, also where its coordinator never answered. */
    static final ConsistencyLevel SERIAL = ConsistencyLevel.LOCAL_SERIAL;

    static final ConsistencyLevel ONE = ConsistencyLevel.LOCAL_ONE;

    private static final int SERIAL_ATTEMPTS = 8;
    private static final long LONGEST_PAUSE_MILLIS = 200;
    private static final Duration SLOWEST_SCHEMA_CHANGE = Duration.ofSeconds(20);

    private final CqlSession session;
    private final long patienceMillis;
    private final Losses losses;

    private Cql(CqlSession session, long patienceMillis, Losses losses) {
        this.session = session;
        this.patienceMillis = patienceMillis;
        this.losses = losses;
    }

    /** The faults of conditional writes, injected by tests. */
    interface Losses {
        Losses NONE = () -> Loss.NOTHING;

        enum Loss {
            NOTHING,
            REQUEST,
            ANSWER
        }

        /** Called for each conditional write. */
        Loss next();
    }

    /** The same connection, with lost requests and answers. */
    Cql with(Losses lossy) {
        return new Cql(session, patienceMillis, lossy);
    }

    static Cql connect(CassandraOptions options) {
        // The protocol is V4: on V5 a conditional write that times out under contention cannot be decoded and closes
        // the connection with all requests in progress on it.
        var config = DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, options.requestTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, options.requestTimeout())
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, SLOWEST_SCHEMA_CHANGE)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, options.requestTimeout())
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, options.requestTimeout())
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
                .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2))
                // The driver logs it for each attempt; NodeLog logs it once.
                .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
                .build();
        CqlSessionBuilder builder = CqlSession.builder()
                .withConfigLoader(config)
                .withNodeStateListener(new NodeLog())
                .withLocalDatacenter(options.datacenter())
                .addContactPoints(options.contactPoints());
        options.credentials().ifPresent(user -> builder.withAuthCredentials(user.user(), user.password()));
        // A node's certificate must be for the address or name by which the node is known, regardless of its issuer.
        options.tls()
                .ifPresent(
                        tls -> builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(tls, null, true, false)));
        try {
            return new Cql(
                    builder.build(), options.requestTimeout().multipliedBy(2).toMillis(), Losses.NONE);
        } catch (DriverException e) {
            throw new StorageException(
                    "no node of the cluster can be reached: contactPoints=" + text(options.contactPoints())
                            + Reason.of(e),
                    e);
        }
    }

    private static String text(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .collect(Collectors.joining(","));
    }

    CqlSession session() {
        return session;
    }

    PreparedStatement prepare(String text) {
        try {
            return session.prepare(SimpleStatement.newInstance(text).setTimeout(SLOWEST_SCHEMA_CHANGE));
        } catch (DriverException e) {
            throw new StorageException("a statement cannot be prepared: text=" + text, e);
        }
    }

    /** Changes the schema, and waits until all nodes agree on it. */
    void change(String text) {
        try {
            session.execute(SimpleStatement.newInstance(text).setTimeout(SLOWEST_SCHEMA_CHANGE));
            session.checkSchemaAgreement();
        } catch (DriverException e) {
            throw new StorageException("the schema cannot be changed: text=" + text + Reason.of(e), e);
        }
    }

    /** Begins a read, or an idempotent write. */
    CompletableFuture<AsyncResultSet> executeAsync(Statement<?> statement, ConsistencyLevel level) {
        Statement<?> repeatable = statement.setConsistencyLevel(level).setIdempotent(true);
        return level.equals(SERIAL) ? insist(repeatable, SERIAL_ATTEMPTS) : send(repeatable);
    }

    /**
     * Repeats a serial read: one that meets conditional writes in its partition may fail as they do, and quickly, with
     * a timeout that is not one. It changes nothing, so repeating it is safe.
     */
    private CompletableFuture<AsyncResultSet> insist(Statement<?> read, int attempts) {
        return send(read).exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (attempts == 1 || !(cause instanceof WriteTimeoutException)) {
                return CompletableFuture.failedFuture(cause);
            }
            long millis = ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS / attempts);
            return CompletableFuture.supplyAsync(
                            () -> read, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                    .thenCompose(again -> insist(again, attempts - 1));
        });
    }

    /**
     * Begins a conditional write. It is never sent twice: after a failure the caller must find out whether it was made.
     */
    CompletableFuture<AsyncResultSet> beginConditional(Statement<?> statement) {
        Statement<?> conditional = statement
                .setConsistencyLevel(QUORUM)
                .setSerialConsistencyLevel(SERIAL)
                .setIdempotent(false);
        return switch (losses.next()) {
            case NOTHING -> send(conditional);
            case REQUEST -> CompletableFuture.failedFuture(new TimeoutException("lost on the way"));
            case ANSWER ->
                send(conditional)
                        .thenCompose(_ -> CompletableFuture.failedFuture(new TimeoutException("lost on the way back")));
        };
    }

    private CompletableFuture<AsyncResultSet> send(Statement<?> statement) {
        try {
            return session.executeAsync(statement).toCompletableFuture();
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    AsyncResultSet execute(Statement<?> statement, ConsistencyLevel level) {
        return await(executeAsync(statement, level));
    }

    /** All rows of a result that is known to be small. */
    List<Row> rows(Statement<?> statement, ConsistencyLevel level) {
        var rows = new ArrayList<Row>();
        AsyncResultSet page = execute(statement, level);
        while (true) {
            page.currentPage().forEach(rows::add);
            if (!page.hasMorePages()) {
                return rows;
            }
            page = next(page);
        }
    }

    AsyncResultSet next(AsyncResultSet page) {
        return await(page.fetchNextPage().toCompletableFuture());
    }

    void awaitAll(Collection<? extends CompletableFuture<?>> futures) {
        await(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)));
    }

    <T> T await(CompletableFuture<T> future) {
        try {
            // The driver ends every request in time by itself; this bound is for a driver that does not.
            return future.get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StorageException("the cluster does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("interrupted while waiting for the cluster", e);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StorageException("the cluster refuses a request:" + Reason.of(cause), cause);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
