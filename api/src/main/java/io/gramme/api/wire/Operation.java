package io.gramme.api.wire;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.RequestErrors;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * An operation of the API: its name, and the shapes of its input and output.
 *
 * @param <I> the record of its input
 * @param <O> the record of its output; {@link Unit} if it has none
 */
public final class Operation<I, O> {
    private final String name;
    private final Service service;
    private final String id;
    private final Catalogue catalogue;

    public Operation(String name, Service service, Catalogue catalogue) {
        this.name = name;
        this.service = service;
        this.id = id(service, name);
        this.catalogue = catalogue;
    }

    /**
     * The details of each operation by its id, looked up when first needed: most processes use a few operations of many.
     */
    public interface Catalogue {
        Structure<?> input(String operation);

        Structure<?> output(String operation);

        Wording wording(String operation);
    }

    public String name() {
        return name;
    }

    /** Unlike its name unique among the operations of all services: {@code DYNAMODB.TagResource}. */
    public String id() {
        return id;
    }

    public static String id(Service service, String name) {
        return service.name() + "." + name;
    }

    public Service service() {
        return service;
    }

    /**
     * Parses a request and checks it against the API model. In the service's order of precedence:
     *
     * @throws ApiException SERIALIZATION without words, if {@code body} is not JSON in well-formed Unicode;
     *     SERIALIZATION, if a member has the wrong JSON type; VALIDATION, if members break constraints
     */
    public Parsed<I> read(byte[] body) {
        Json.requireUnicode(body);
        try (JsonParser json = Json.parser(body)) {
            Json.requireObject(json);
            var in = new Reading(json, body, this);
            I request = read(json, in);
            in.requireSound();
            if (request == null) {
                // Only a body that breaks hundreds of constraints and then repeats the members that broke them gets
                // here.
                throw RequestErrors.malformed();
            }
            return new Parsed<>(request, in.faults());
        } catch (JacksonException _) {
            throw RequestErrors.malformed();
        }
    }

    /**
     * Parses an output, as a client does: constraints are not checked. The service breaks those of its own model, such
     * as by the names of system backups.
     *
     * @throws ApiException if {@code body} is not an output of this operation
     */
    public O readOutput(byte[] body) {
        try (JsonParser json = Json.parser(body)) {
            Json.requireObject(json);
            var in = new Reading(json, body, this);
            O answer = output().read(in);
            if (answer == null) {
                throw RequestErrors.malformed();
            }
            return answer;
        } catch (JacksonException _) {
            throw RequestErrors.malformed();
        }
    }

    private @Nullable I read(JsonParser json, Reading in) {
        try {
            I request = input().read(in);
            Json.drain(json);
            return request;
        } catch (ApiException wrongType) {
            Json.drain(json);
            throw wrongType;
        }
    }

    /** Writes a request, as a client does. */
    public byte[] writeRequest(I request) {
        var sink = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(sink)) {
            input().write(out, request);
        }
        return sink.toByteArray();
    }

    /** Writes an output: one JSON object, or nothing for {@link Unit}. Does not close {@code sink}. */
    public void write(O output, OutputStream sink) {
        if (output instanceof Unit) {
            return;
        }
        try (JsonGenerator out = Json.generator(sink)) {
            output().write(out, output);
        }
    }

    // The catalogue is generated together with the type parameters of each operation.

    @SuppressWarnings("unchecked")
    Structure<I> input() {
        return (Structure<I>) catalogue.input(id);
    }

    @SuppressWarnings("unchecked")
    Structure<O> output() {
        return (Structure<O>) catalogue.output(id);
    }

    Wording wording() {
        return catalogue.wording(id);
    }

    @Override
    public String toString() {
        return name;
    }
}
