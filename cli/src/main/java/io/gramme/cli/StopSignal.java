package io.gramme.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What ends a server that has done nothing wrong: SIGTERM or Ctrl-C. They are handled here, and not left to the JVM, because its
 * exit code for them is that of a process that was killed. Any other orderly shutdown of the JVM waits until the
 * server is closed.
 *
 * <p>The JDK has no public way to handle a signal. Where the one that it has is missing, or refuses (a JVM with -Xrs), signals
 * end the process as they end any JVM.
 */
final class StopSignal implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("TERM", "INT");

    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("gramme-stop").unstarted(this::receiveAndWait);
    private final List<Handled> handled = new ArrayList<>();

    /** A signal, and what handled it before. */
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

    /** By reflection, because compilers warn of the class in a way that cannot be suppressed. */
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

    /** Waits for one of them, or for an interrupt of the thread that waits. */
    void await() {
        try {
            received.await();
        } catch (InterruptedException _) {
            // It is taken as the signal that it is: the caller closes what it has, for which it must be able to wait.
        }
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
            // It is running.
        }
    }
}
