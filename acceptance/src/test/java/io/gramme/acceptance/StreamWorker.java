package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.exceptions.LeasingException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * A worker of the Kinesis Client Library that reads a stream through the adapter for DynamoDB Streams. It keeps its leases in
 * tables of the server whose stream it reads, and notes after every batch how far it has come.
 */
final class StreamWorker implements AutoCloseable {
    private static final String WORKER = "worker";
    private static final int PATIENCE_SECONDS = 60;
    private static final long ASSIGNMENT_MILLIS = 500;
    private static final long IDLE_MILLIS = 50;

    private final DynamoDbStreamsClient streams;
    private final DynamoDbAsyncClient leases;
    private final CloudWatchAsyncClient metrics;
    private final Scheduler scheduler;
    /** How many shards are being read. */
    private final AtomicInteger reading = new AtomicInteger();

    /**
     * Starts where a worker of this application has come to, or else at the beginning of the stream. All of them have one
     * name, so that who comes after one that has ended takes over its leases at once, as after a restart.
     *
     * @param seen is told each record, the records of a shard one after another
     */
    StreamWorker(URI url, String streamArn, String application, Consumer<Record> seen) {
        streams = Clients.streamsOf(url);
        leases = Clients.asyncOf(url);
        // Told nothing, for metrics are off; the library insists on having it.
        metrics = CloudWatchAsyncClient.builder().region(Region.EU_WEST_1).build();
        scheduler = scheduler(streamArn, application, seen);
        Thread.ofPlatform().daemon().name(WORKER).start(scheduler);
    }

    private Scheduler scheduler(String streamArn, String application, Consumer<Record> seen) {
        var adapter = new AmazonDynamoDBStreamsAdapterClient(streams, Region.EU_WEST_1);
        var configs = new ConfigsBuilder(
                StreamsSchedulerFactory.createSingleStreamTracker(
                        streamArn,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                adapter,
                leases,
                metrics,
                WORKER,
                () -> new Processor(seen));
        LeaseManagementConfig leaseManagement = configs.leaseManagementConfig()
                .leaseAssignmentIntervalMillis(ASSIGNMENT_MILLIS)
                .shardSyncIntervalMillis(IDLE_MILLIS)
                .leasesRecoveryAuditorExecutionFrequencyMillis(ASSIGNMENT_MILLIS)
                .leasesRecoveryAuditorInconsistencyConfidenceThreshold(0);
        leaseManagement
                .workerUtilizationAwareAssignmentConfig()
                .disableWorkerMetrics(true)
                .workerMetricsReporterFreqInMillis(ASSIGNMENT_MILLIS);
        plantLeases(leaseManagement, streamArn);
        return StreamsSchedulerFactory.createScheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig()
                        .parentShardPollIntervalMillis(IDLE_MILLIS)
                        .shardConsumerDispatchPollIntervalMillis(IDLE_MILLIS),
                leaseManagement,
                configs.lifecycleConfig(),
                configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                configs.processorConfig(),
                configs.retrievalConfig()
                        .retrievalSpecificConfig(
                                new DynamoDBStreamsPollingConfig(adapter).idleTimeBetweenReadsInMillis(IDLE_MILLIS)),
                adapter);
    }

    /**
     * Leases for the shards that there are, if nobody has made leases yet. Workers that find none wait for each other, up to
     * half a minute, before one of them makes these. What comes later, the children of shards, they make themselves.
     */
    private void plantLeases(LeaseManagementConfig config, String streamArn) {
        LeaseRefresher leases = config.leaseManagementFactory(new DynamoDBLeaseSerializer(), false)
                .createLeaseRefresher();
        try {
            leases.createLeaseTableIfNotExists();
            assertThat(leases.waitUntilLeaseTableExists(1, PATIENCE_SECONDS)).isTrue();
            if (!leases.isLeaseTableEmpty()) {
                return;
            }
            for (Shard shard : streams.describeStream(request -> request.streamArn(streamArn))
                    .streamDescription()
                    .shards()) {
                var lease = new Lease();
                lease.leaseKey(shard.shardId());
                lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
                lease.ownerSwitchesSinceCheckpoint(0L);
                leases.createLeaseIfNotExists(lease);
            }
        } catch (LeasingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finishes the batches in hand and notes how far it has come. It does not wait until all its threads have ended. */
    void stop() throws InterruptedException {
        var _ = scheduler.startGracefulShutdown();
        while (reading.get() > 0) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    @Override
    public void close() {
        scheduler.shutdown();
        metrics.close();
        leases.close();
        streams.close();
    }

    /** Reads one shard. */
    private final class Processor implements DynamoDBStreamsShardRecordProcessor {
        private final Consumer<Record> seen;

        Processor(Consumer<Record> seen) {
            this.seen = seen;
        }

        @Override
        public void initialize(InitializationInput input) {
            reading.incrementAndGet();
        }

        @Override
        public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
            input.records().stream().map(DynamoDBStreamsClientRecord::getRecord).forEach(seen);
            checkpoint(input.checkpointer());
        }

        @Override
        public void leaseLost(LeaseLostInput input) {
            reading.decrementAndGet();
        }

        @Override
        public void shardEnded(ShardEndedInput input) {
            checkpoint(input.checkpointer());
            reading.decrementAndGet();
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            checkpoint(input.checkpointer());
            reading.decrementAndGet();
        }

        private void checkpoint(RecordProcessorCheckpointer checkpointer) {
            try {
                checkpointer.checkpoint();
            } catch (InvalidStateException | ShutdownException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
