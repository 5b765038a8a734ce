package io.gramme.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.Operations;
import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceRequest;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.TableErrors;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Source;
import io.gramme.http.Authentication;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.Target;
import io.gramme.security.audit.AuditEvent;
import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.security.audit.AuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditedEndpointTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));

    private final List<AuditEvent> events = new ArrayList<>();
    private Optional<String> impairment = Optional.empty();
    private final AuditLog log = new AuditLog() {
        @Override
        public void record(AuditEvent event) {
            events.add(event);
        }

        @Override
        public Optional<String> impairment() {
            return impairment;
        }

        @Override
        public void close() {}
    };

    private static Call call(String operation, String body) {
        return new Call(
                new Target(Service.DYNAMODB, operation),
                Caller.root("123456789012", "eu-west-1"),
                body.getBytes(UTF_8),
                "ID",
                Optional.empty(),
                Optional.empty());
    }

    private AuditedEndpoint audited(Endpoint endpoint, boolean dataEvents) {
        return new AuditedEndpoint(endpoint, log, dataEvents, CLOCK);
    }

    @Test
    void aChangeIsRecordedWithItsTableAndItsOutcome() throws Exception {
        audited(_ -> new byte[0], false).answer(call("DeleteTable", "{\"TableName\":\"orders\"}"));
        AuditEvent event = events.getFirst();
        assertThat(event.name()).isEqualTo("DeleteTable");
        assertThat(event.plane()).isEqualTo(Plane.CONTROL);
        assertThat(event.readOnly()).isFalse();
        assertThat(event.error()).isEmpty();
        assertThat(event.parameters()).contains("{\"TableName\":\"orders\"}");
        assertThat(event.resources().getFirst().arn())
                .isEqualTo("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
    }

    @Test
    void aRefusalAndAFaultAreRecordedAsWhatTheyAre() {
        Endpoint refusing = _ -> {
            throw TableErrors.tableNotFound();
        };
        Endpoint broken = _ -> {
            throw new IllegalStateException("secret");
        };
        assertThatThrownBy(() -> audited(refusing, false).answer(call("DeleteTable", "{}")))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> audited(broken, false).answer(call("DeleteTable", "{}")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(events)
                .extracting(event -> event.error().orElseThrow().code())
                .containsExactly("ResourceNotFoundException", "InternalServerError");
        assertThat(events.getLast().error().orElseThrow().message()).isEmpty();
    }

    @Test
    void requestsForItemsAreRecordedIfTheOperatorSaysSo() throws Exception {
        audited(_ -> new byte[0], false).answer(call("PutItem", "{}"));
        assertThat(events).isEmpty();
        audited(_ -> new byte[0], true).answer(call("PutItem", "{\"Item\":{\"id\":{\"S\":\"secret\"}}}"));
        assertThat(events.getFirst().parameters().orElseThrow()).doesNotContain("secret");
    }

    @Test
    void aChangeThatCannotBeRecordedIsNotMadeAndReadsGoOn() throws Exception {
        impairment = Optional.of("The disk of the audit log is full");
        var made = new ArrayList<String>();
        var audited = audited(
                call -> {
                    made.add(call.target().operation());
                    return new byte[0];
                },
                true);
        assertThatThrownBy(() -> audited.answer(call("DeleteTable", "{}")))
                .isInstanceOf(ApiException.class)
                .hasMessage("The disk of the audit log is full");
        audited.answer(call("DescribeTable", "{}"));
        audited.answer(call("PutItem", "{}"));
        assertThat(made).containsExactly("DescribeTable", "PutItem");
        assertThat(audited.impairment()).contains("The disk of the audit log is full");
    }

    @Test
    void whatIsReadOnlyIsKnownByItsName() {
        assertThat(Operations.all())
                .filteredOn(operation -> AuditedOperation.of(new Target(operation.service(), operation.name()))
                        .readOnly())
                .allMatch(
                        operation -> !operation.name().matches("(Create|Delete|Update|Put|Tag|Untag|Restore|Start).*"));
        assertThat(AuditedOperation.of("monitoring", "GetMetricData"))
                .isEqualTo(new AuditedOperation("monitoring.amazonaws.com", "GetMetricData", Plane.CONTROL, true));
    }

    @Test
    void batchesAndTransactionsNameTheirTables() throws Exception {
        var audited = audited(_ -> new byte[0], true);
        audited.answer(call(
                "BatchGetItem",
                "{\"RequestItems\":{\"a\":{\"Keys\":[{\"k\":{\"S\":\"TableName\"}}]},\"b\":{\"Keys\":[]}}}"));
        audited.answer(call(
                "TransactWriteItems",
                "{\"TransactItems\":[{\"Put\":{\"TableName\":\"c\",\"Item\":{\"TableName\":{\"S\":\"x\"}}}},"
                        + "{\"Delete\":{\"TableName\":\"d\"}}]}"));
        assertThat(events.stream()
                        .flatMap(event -> event.resources().stream())
                        .map(resource -> resource.arn().substring(resource.arn().indexOf('/') + 1)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void aRequestToAnotherServiceIsRecordedWithItsParametersButWithoutSecrets() {
        AwsService iam = new AwsService() {
            @Override
            public Names names() {
                return new Names("iam", "2010-05-08", "", "", "iam");
            }

            @Override
            public Document.Structure answer(ServiceRequest request) {
                return Document.Structure.EMPTY;
            }
        };
        Endpoint endpoint = new Endpoint() {
            @Override
            public byte[] answer(Call call) {
                throw new AssertionError();
            }

            @Override
            public List<AwsService> services() {
                return List.of(iam);
            }
        };
        var request = new Document.Structure(Map.of(
                "UserName", new Document.Word("anna"),
                "PolicyDocument", new Document.Word("x".repeat(5_000)),
                "Password", new Document.Word("sesame")));
        audited(endpoint, false)
                .services()
                .getFirst()
                .answer(new ServiceRequest(
                        "CreateUser", Input.of(request), Caller.root("123456789012", "eu-west-1"), "ID"));
        AuditEvent event = events.getFirst();
        assertThat(event.requestId()).isEqualTo("ID");
        assertThat(event.parameters().orElseThrow())
                .contains("\"UserName\":\"anna\"", "\"Password\":\"HIDDEN\"", "xxx...")
                .doesNotContain("sesame")
                .hasSizeLessThan(1_200);
    }

    @Test
    void wrongSignaturesAreRecordedUpToABoundAndTheOthersAreCounted() {
        var now = new AtomicLong();
        Authentication.Listener listener = AuditedRefusals.in(
                        Authentication.OFF, log, () -> Instant.ofEpochMilli(now.get()))
                .listener();
        var refusal = new Authentication.Refusal(
                ErrorCode.INVALID_SIGNATURE, "wrong", "AKIAX", "dynamodb", new Source("10.0.0.1", true, "", ""), false);
        for (int i = 0; i < AuditedRefusals.MOST_PER_MINUTE + 7; i++) {
            listener.refused(refusal);
        }
        assertThat(events).hasSize(AuditedRefusals.MOST_PER_MINUTE);
        now.set(60_000);
        listener.refused(refusal);
        AuditEvent event = events.getLast();
        assertThat(event.parameters()).contains("{\"leftOut\":7}");
        assertThat(event.accessKeyId()).contains("AKIAX");
        assertThat(event.caller().source().address()).isEqualTo("10.0.0.1");
    }
}
