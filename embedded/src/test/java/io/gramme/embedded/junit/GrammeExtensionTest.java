package io.gramme.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.gramme.embedded.EmbeddedGramme;
import io.gramme.embedded.EmbeddedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Classes of tests as users write them, run by JUnit, and what each of their tests was given. */
class GrammeExtensionTest {
    /** One for each test that ran, in order. */
    private static final List<EmbeddedGramme> GIVEN = new ArrayList<>();

    private static Events run(Class<?> tests) {
        GIVEN.clear();
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static void assertAllClosed() {
        assertThat(GIVEN).allSatisfy(gramme -> {
            try (var client = gramme.connect(DynamoDbClient.builder()).build()) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(client::listTables))
                        .hasMessageContaining("closed");
            }
        });
    }

    @ExtendWith(GrammeExtension.class)
    static class Plain {
        @BeforeAll
        static void prepare(DynamoDbClient client) {
            assertThat(client.listTables().tableNames()).isEmpty();
        }

        @Test
        void one(EmbeddedGramme gramme, DynamoDbClient client, DynamoDbAsyncClient async) {
            GIVEN.add(gramme);
            assertThat(client).isSameAs(gramme.client());
            assertThat(async.listTables().join().tableNames()).isEmpty();
        }

        @Test
        void two(EmbeddedGramme gramme, DynamoDbStreamsClient sync, DynamoDbStreamsAsyncClient async) {
            GIVEN.add(gramme);
            assertThat(sync.listStreams().streams()).isEmpty();
            assertThat(async.listStreams().join().streams()).isEmpty();
        }

        @Nested
        class Inside {
            @Test
            void three(EmbeddedGramme gramme) {
                GIVEN.add(gramme);
            }

            @Test
            void four(EmbeddedGramme gramme) {
                GIVEN.add(gramme);
                gramme.client().listTables();
            }
        }

        @Nested
        class AlsoInside {
            @Test
            void five(EmbeddedGramme gramme) {
                GIVEN.add(gramme);
                gramme.client().listTables();
            }
        }
    }

    @Test
    void aClassAndThoseNestedInItShareOne() {
        run(Plain.class).assertStatistics(tests -> tests.succeeded(5));
        assertThat(Set.copyOf(GIVEN)).hasSize(1);
        assertAllClosed();
    }

    @GrammeTest(fresh = Fresh.PER_METHOD)
    static class Annotated {
        private final List<EmbeddedGramme> before = new ArrayList<>();

        @BeforeEach
        void prepare(EmbeddedGramme gramme) {
            before.add(gramme);
        }

        @Test
        void one(EmbeddedGramme gramme) {
            GIVEN.add(gramme);
            assertThat(before).containsExactly(gramme);
        }

        @Test
        void two(EmbeddedGramme gramme) {
            GIVEN.add(gramme);
        }
    }

    @Test
    void anAnnotatedClassMayWantOneForEachMethod() {
        run(Annotated.class).assertStatistics(tests -> tests.succeeded(2));
        assertThat(Set.copyOf(GIVEN)).hasSize(2);
        assertAllClosed();
    }

    static class Registered {
        @RegisterExtension
        static final GrammeExtension GRAMME =
                GrammeExtension.of(EmbeddedOptions.inMemory().withRegion("eu-central-1"), Fresh.PER_CLASS);

        @Test
        void one(EmbeddedGramme gramme, DynamoDbClient client) {
            GIVEN.add(gramme);
            assertThat(client.serviceClientConfiguration().region().id()).isEqualTo("eu-central-1");
        }

        @Test
        void two(EmbeddedGramme gramme) {
            GIVEN.add(gramme);
        }
    }

    @Test
    void aRegisteredExtensionTakesOptions() {
        run(Registered.class).assertStatistics(tests -> tests.succeeded(2));
        assertThat(Set.copyOf(GIVEN)).hasSize(1);
        assertAllClosed();
    }

    static class OfEachInstance {
        @RegisterExtension
        final GrammeExtension gramme = new GrammeExtension();

        @Test
        void one(EmbeddedGramme given) {
            GIVEN.add(given);
        }

        @Test
        void two(EmbeddedGramme given) {
            GIVEN.add(given);
        }
    }

    @Test
    void anExtensionOfEachInstanceIsForEachMethod() {
        run(OfEachInstance.class).assertStatistics(tests -> tests.succeeded(2));
        assertThat(Set.copyOf(GIVEN)).hasSize(2);
        assertAllClosed();
    }

    @GrammeTest(fresh = Fresh.PER_METHOD)
    static class TooEarly {
        @BeforeAll
        static void prepare(DynamoDbClient client) {
            client.listTables();
        }

        @Test
        void never() {}
    }

    @Test
    void whatIsForEachMethodIsNotThereBefore() {
        run(TooEarly.class).assertStatistics(tests -> tests.started(0));
    }
}
