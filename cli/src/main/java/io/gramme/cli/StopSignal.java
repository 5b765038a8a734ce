package io.gramme.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signal that stops a server: SIGTERM or Ctrl-C (SIGINT). This class handles them because the JVM's own handling
 * exits with the code of a killed process. Any other orderly shutdown of the JVM waits until the server is closed.
 *
 * <p>The JDK has no public API for signals. Where its internal one is missing, or refuses (a JVM with -Xrs), signals
 * end the process as they end any JVM.
 */
final class StopSignal implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("TERM", "INT");

    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("gramme-stop").unstarted(this::receiveAndWait);
    private final List<Handled> handled = new ArrayList<>();

    /** A signal, and its previous handler. */
    private record Handled(Method handle, Object signal, Object before) {}

    private StopSignal() {}

    /** Receives signals until closed. */
    static StopSignal install() {
        var stop = new StopSignal();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        SIGNALS.forEach(stop::handle);
        return stop;
    }

    /** A proxy equals itself alone. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object proxy, Object other) {
        return proxy == other;
    }

    /** Uses reflection, because compilers give a warning about the class that cannot be suppressed. */
    private void handle(String name) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Method handle = signals.getMethod("handle", signals, handlers);
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Object handler = Proxy.newProxyInstance(
                    handlers.getClassLoader(), new Class<?>[] {handlers}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            received.countDown();
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> arguments != null && isSame(proxy, arguments[0]);
                            case "toString" -> "StopSignal";
                            default -> null;
                        };
                    });
            handled.add(new Handled(handle, signal, handle.invoke(null, signal, handler)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            notHandled(name, e);
        }
    }

    private static void notHandled(String signal, Throwable why) {
        System.getLogger(StopSignal.class.getName())
                .log(System.Logger.Level.DEBUG, "A signal cannot be handled: signal=" + signal, why);
    }

    private void receiveAndWait() {
        received.countDown();
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for one of the signals, or for an interrupt of the calling thread. */
    void await() {
        try {
            received.await();
        } catch (InterruptedException _) {
            // An interrupt counts as a signal. It is cleared because the caller closes the server next, and must be
            // able to wait.
        }
    }

    /**
     * Waits for one of the signals, or for an interrupt of the calling thread, but no longer than this.
     *
     * @return whether there was one
     */
    boolean await(Duration longest) {
        try {
            return received.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }

    boolean isReceived() {
        return received.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        for (Handled one : handled) {
            try {
                one.handle.invoke(null, one.signal, one.before);
            } catch (ReflectiveOperationException e) {
                notHandled(one.signal.toString(), e);
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The JVM is shutting down, and the hook is running.
        }
    }
}
