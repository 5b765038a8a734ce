package io.gramme.delivery.trigger;

import io.gramme.tables.table.AccountRegion;
import java.net.URI;

/** The HTTP endpoint that a trigger sends events to, each with one POST. */
public sealed interface Target {

    /** A function behind an endpoint that implements Lambda's invocation API, such as its runtime emulator. */
    record Function(String name, URI endpoint) implements Target {}

    /** Any URL that responds with a success status once it has accepted the event. */
    record Webhook(URI url) implements Target {}

    default URI url() {
        return switch (this) {
            case Function(String name, URI endpoint) -> {
                String base = endpoint.toString();
                yield URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + "/2015-03-31/functions/" + name + "/invocations");
            }
            case Webhook(URI url) -> url;
        };
    }

    /** The name of the target that users see. */
    default String arn(AccountRegion accountRegion) {
        return switch (this) {
            case Function(String name, var _) ->
                name.startsWith("arn:")
                        ? name
                        : "arn:aws:lambda:" + accountRegion.region() + ":" + accountRegion.account() + ":function:"
                                + name;
            case Webhook(URI url) -> url.toString();
        };
    }
}
