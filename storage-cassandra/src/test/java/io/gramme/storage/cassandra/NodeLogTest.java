package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLogTest {
    private final EndPoint place = new DefaultEndPoint(InetSocketAddress.createUnresolved("somewhere", 9042));
    private final Node node = (Node) Proxy.newProxyInstance(
            Node.class.getClassLoader(),
            new Class<?>[] {Node.class},
            (_, method, arguments) -> switch (method.getName()) {
                case "getEndPoint" -> place;
                case "hashCode" -> 1;
                case "equals" -> arguments[0] instanceof Node;
                default -> throw new UnsupportedOperationException(method.getName());
            });
    private final NodeLog log = new NodeLog();
    private final Logger logger = Logger.getLogger(NodeLog.class.getName());
    private final List<String> said = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            said.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aNodeThatGoesAndComesBackIsOneLineEach() {
        log.onUp(node);
        assertThat(said).as("that there is a node is no news").isEmpty();
        log.onDown(node);
        log.onDown(node);
        assertThat(said).containsExactly("A node of the cluster cannot be reached: node=" + place);
        said.clear();
        log.onUp(node);
        log.onUp(node);
        assertThat(said).containsExactly("A node of the cluster is back: node=" + place);
    }
}
