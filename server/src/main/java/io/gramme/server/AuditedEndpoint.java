package io.gramme.server;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.WireErrors;
import io.gramme.core.identity.Caller;
import io.gramme.http.Authentication;
import io.gramme.http.Call;
import io.gramme.http.Endpoint;
import io.gramme.http.Target;
import io.gramme.security.audit.AuditEvent;
import io.gramme.security.audit.AuditEvent.Failure;
import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.security.audit.AuditEvent.Resource;
import io.gramme.security.audit.AuditLog;
import io.gramme.security.audit.AuditParameters;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An endpoint that records the calls of another in an audit log, before they are answered. A change of the control plane
 * that cannot be recorded is not made.
 *
 * @param dataEvents whether requests for items are recorded as well
 */
record AuditedEndpoint(Endpoint endpoint, AuditLog log, boolean dataEvents, InstantSource clock) implements Endpoint {

    @Override
    public byte[] answer(Call call) throws Exception {
        AuditedOperation operation = AuditedOperation.of(call.target());
        if (operation.plane() == Plane.DATA && !dataEvents) {
            return endpoint.answer(call);
        }
        if (operation.isChange()) {
            requireRoom();
        }
        Failure failure = new Failure(ErrorCode.INTERNAL.shortName(), "");
        boolean failed = true;
        try {
            byte[] answer = endpoint.answer(call);
            failed = false;
            return answer;
        } catch (ApiException refusal) {
            failure = new Failure(refusal.code().shortName(), refusal.text());
            throw refusal;
        } finally {
            log.record(event(call, operation, failed ? Optional.of(failure) : Optional.empty()));
        }
    }

    private void requireRoom() {
        log.impairment().ifPresent(why -> {
            throw WireErrors.notRecorded(why);
        });
    }

    private AuditEvent event(Call call, AuditedOperation operation, Optional<Failure> failure) {
        return new AuditEvent(
                clock.instant(),
                operation.source(),
                operation.name(),
                call.caller(),
                Optional.empty(),
                call.requestId(),
                operation.plane(),
                operation.readOnly(),
                resources(call),
                failure,
                AuditParameters.of(call.body(), operation.plane()));
    }

    private static List<Resource> resources(Call call) {
        Caller caller = call.caller();
        return RequestedTables.of(call.body()).stream()
                .sorted()
                .map(table -> new Resource(
                        "AWS::DynamoDB::Table",
                        "arn:aws:dynamodb:" + caller.region() + ":" + caller.account() + ":table/" + table,
                        caller.account()))
                .toList();
    }

    @Override
    public Optional<String> impairment() {
        return Stream.of(endpoint.impairment(), log.impairment())
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public List<AwsService> services() {
        return endpoint.services().stream()
                .<AwsService>map(service -> new AuditedService(service, this))
                .toList();
    }

    @Override
    public Authentication authentication() {
        return AuditedRefusals.in(endpoint.authentication(), log, clock);
    }

    @Override
    public void requireServed(Target target) {
        endpoint.requireServed(target);
    }

    /** One of the services beside DynamoDB. */
    private record AuditedService(AwsService service, AuditedEndpoint audited) implements AwsService {
        @Override
        public Names names() {
            return service.names();
        }

        @Override
        public Document.Structure answer(ServiceRequest request) {
            AuditedOperation operation = AuditedOperation.of(service.names().signingName(), request.operation());
            if (operation.isChange()) {
                audited.log.impairment().ifPresent(why -> {
                    throw ServiceException.common("ServiceUnavailable", 503, why);
                });
            }
            Failure failure = new Failure("InternalServiceError", "");
            boolean failed = true;
            try {
                Document.Structure answer = service.answer(request);
                failed = false;
                return answer;
            } catch (ServiceException refusal) {
                failure = new Failure(refusal.code(), String.valueOf(refusal.getMessage()));
                throw refusal;
            } catch (ApiException refusal) {
                failure = new Failure(refusal.code().shortName(), refusal.text());
                throw refusal;
            } finally {
                audited.log.record(
                        event(request, operation, failed ? Optional.of(failure) : Optional.<Failure>empty()));
            }
        }

        private AuditEvent event(ServiceRequest request, AuditedOperation operation, Optional<Failure> failure) {
            return new AuditEvent(
                    audited.clock.instant(),
                    operation.source(),
                    operation.name(),
                    request.caller(),
                    Optional.empty(),
                    request.id(),
                    operation.plane(),
                    operation.readOnly(),
                    List.of(),
                    failure,
                    AuditParameters.of(request.input().structure()));
        }
    }
}
