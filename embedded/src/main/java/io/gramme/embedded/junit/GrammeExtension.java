package io.gramme.embedded.junit;

import io.gramme.embedded.EmbeddedGramme;
import io.gramme.embedded.EmbeddedOptions;
import io.gramme.embedded.Faults;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The JUnit extension that starts an {@link EmbeddedGramme} for tests. Constructors and methods get it, or its clients,
 * by a parameter of that type. Each class has a new one, which nested classes share with the outermost; with
 * {@link Fresh#PER_METHOD} each test method has one. {@link Faults} end with the test method that added them.
 *
 * <p>With {@code @ExtendWith} or {@link GrammeTest}, tables are in memory. With {@code @RegisterExtension} on a static
 * field, options may be given.
 */
public final class GrammeExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Map<Class<?>, Function<EmbeddedGramme, Object>> PARAMETERS = Map.of(
            EmbeddedGramme.class, gramme -> gramme,
            Faults.class, EmbeddedGramme::faults,
            DynamoDbClient.class, EmbeddedGramme::client,
            DynamoDbAsyncClient.class, EmbeddedGramme::asyncClient,
            DynamoDbStreamsClient.class, EmbeddedGramme::streamsClient,
            DynamoDbStreamsAsyncClient.class, EmbeddedGramme::streamsAsyncClient);

    private final EmbeddedOptions options;
    private final Optional<Fresh> fresh;

    /** For JUnit: tables in memory, new as often as {@link GrammeTest} says, else for each class. */
    public GrammeExtension() {
        this(EmbeddedOptions.inMemory(), Optional.empty());
    }

    private GrammeExtension(EmbeddedOptions options, Optional<Fresh> fresh) {
        this.options = options;
        this.fresh = fresh;
    }

    public static GrammeExtension of(EmbeddedOptions options, Fresh fresh) {
        return new GrammeExtension(options, Optional.of(fresh));
    }

    private Fresh fresh(ExtensionContext context) {
        return fresh.or(() -> AnnotationSupport.findAnnotation(
                                outermost(context).getTestClass(), GrammeTest.class)
                        .map(GrammeTest::fresh))
                .orElse(Fresh.PER_CLASS);
    }

    /** The context of the outermost class. */
    private static ExtensionContext outermost(ExtensionContext context) {
        return context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .map(GrammeExtension::outermost)
                .orElse(context);
    }

    private Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(this));
    }

    private void open(ExtensionContext context) {
        store(context).put(EmbeddedGramme.class, EmbeddedGramme.start(options));
    }

    private void close(ExtensionContext context) {
        // Removes it from this context alone, not from an outer one.
        EmbeddedGramme gramme = store(context).remove(EmbeddedGramme.class, EmbeddedGramme.class);
        if (gramme != null) {
            gramme.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (fresh(context) == Fresh.PER_CLASS && store(context).get(EmbeddedGramme.class) == null) {
            open(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // For an extension in an instance field JUnit does not call beforeAll.
        if (store(context).get(EmbeddedGramme.class) == null) {
            open(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        EmbeddedGramme ofClass = store(context).get(EmbeddedGramme.class, EmbeddedGramme.class);
        if (ofClass != null) {
            ofClass.faults().clear();
        }
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedGramme gramme = store(context).get(EmbeddedGramme.class, EmbeddedGramme.class);
        Function<EmbeddedGramme, Object> wanted =
                PARAMETERS.get(parameter.getParameter().getType());
        if (gramme == null || wanted == null) {
            throw new IllegalStateException(
                    "there is a Gramme for each method, so that only methods of one test can have a client of it");
        }
        return wanted.apply(gramme);
    }
}
