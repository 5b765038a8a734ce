package io.gramme.benchmark;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads the resources that a server's process has used. */
abstract class Probe implements Closeable {
    final ProcessHandle process;

    private Probe(ProcessHandle process) {
        this.process = process;
    }

    /** @param isJvm whether the process is a JVM, whose heap can be read */
    static Probe of(ProcessHandle process, boolean isJvm) throws IOException {
        return isJvm ? OfJvm.attach(process) : new OfProcess(process);
    }

    abstract Usage now() throws IOException;

    final Duration processor() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The resident memory; 0 on systems that do not report it as Linux does. */
    static long residentBytes(ProcessHandle process) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    /** The probe of a process that is not a JVM: allocation is not known. */
    private static final class OfProcess extends Probe {
        OfProcess(ProcessHandle process) {
            super(process);
        }

        @Override
        Usage now() throws IOException {
            return new Usage(processor(), 0, residentBytes(process));
        }

        @Override
        public void close() {}
    }

    /**
     * The probe of a JVM, through the management agent that every JVM starts on demand. The agent itself takes some
     * megabytes, so idle memory is read before there is a probe.
     */
    private static final class OfJvm extends Probe {
        private static final String ALLOCATED = "TotalThreadAllocatedBytes";

        private final JMXConnector connector;
        private final MBeanServerConnection beans;
        private final ObjectName threads;

        private OfJvm(ProcessHandle process, JMXConnector connector) throws IOException, MalformedObjectNameException {
            super(process);
            this.connector = connector;
            this.beans = connector.getMBeanServerConnection();
            this.threads = new ObjectName("java.lang:type=Threading");
        }

        @SuppressWarnings("BanJNDI") // The address is that of a process we started ourselves.
        static Probe attach(ProcessHandle process) throws IOException {
            try {
                VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
                try {
                    var address = new JMXServiceURL(machine.startLocalManagementAgent());
                    return new OfJvm(process, JMXConnectorFactory.connect(address));
                } finally {
                    machine.detach();
                }
            } catch (AttachNotSupportedException | MalformedObjectNameException e) {
                throw new IOException("process " + process.pid() + " is no JVM that answers", e);
            }
        }

        @Override
        Usage now() throws IOException {
            try {
                return new Usage(processor(), (long) beans.getAttribute(threads, ALLOCATED), residentBytes(process));
            } catch (JMException e) {
                throw new IOException("process " + process.pid() + " does not say what it allocates", e);
            }
        }

        @Override
        public void close() throws IOException {
            connector.close();
        }
    }
}
