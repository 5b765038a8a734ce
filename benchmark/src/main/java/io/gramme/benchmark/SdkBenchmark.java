package io.gramme.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The benchmark of an application with the AWS SDK. The load runs in a JVM of its own, because this module has no SDK.
 */
final class SdkBenchmark {
    private static final List<Target> TARGETS =
            List.of(Target.GRAMME_DISK, Target.GRAMME_MEMORY, Target.DYNALITE_DISK, Target.DYNALITE_MEMORY);

    private static final String LOAD = "io.gramme.microbenchmark.SdkLoad";

    private SdkBenchmark() {}

    static void run() throws IOException, InterruptedException {
        System.out.println(
                "Latencies in microseconds.\n\ntarget          operation  connections      req/s      p50      p99");
        for (Target target : TARGETS) {
            try (Target.Running running = target.start()) {
                List<String> command =
                        new ArrayList<>(Target.java(StartBenchmark.EMBEDDED + "/*", LOAD, target.label()));
                command.add(String.valueOf(running.port()));
                if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                    throw new IOException("the load against " + target.label() + " failed");
                }
            }
        }
    }
}
