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

/**
 * Asks the JVM of a server what it has used, through the management agent that every JVM starts on demand. The agent itself
 * takes some megabytes, so idle memory is looked at before there is a probe.
 */
final class Probe implements Closeable {
    private static final String ALLOCATED = "TotalThreadAllocatedBytes";

    private final ProcessHandle process;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ObjectName threads;

    private Probe(ProcessHandle process, JMXConnector connector) throws IOException, MalformedObjectNameException {
        this.process = process;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
        this.threads = new ObjectName("java.lang:type=Threading");
    }

    @SuppressWarnings("BanJNDI") // The address is that of a process we started ourselves.
    static Probe of(ProcessHandle process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
            try {
                var address = new JMXServiceURL(machine.startLocalManagementAgent());
                return new Probe(process, JMXConnectorFactory.connect(address));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | MalformedObjectNameException e) {
            throw new IOException("process " + process.pid() + " is no JVM that answers", e);
        }
    }

    Usage now() throws IOException {
        try {
            Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Usage(processor, (long) beans.getAttribute(threads, ALLOCATED), residentBytes(process));
        } catch (JMException e) {
            throw new IOException("process " + process.pid() + " does not tell what it allocates", e);
        }
    }

    /** 0 where the system does not tell it as Linux does. */
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

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
