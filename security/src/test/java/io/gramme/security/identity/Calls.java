package io.gramme.security.identity;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Input;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.core.identity.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls a service as the query protocol does. */
public final class Calls {
    private Calls() {}

    /** @param members names and values in turn; a value is a text or a {@link Document} */
    public static Document.Structure structure(Object... members) {
        var structure = new LinkedHashMap<String, Document>();
        for (int i = 0; i < members.length; i += 2) {
            Object value = members[i + 1];
            structure.put(
                    (String) members[i],
                    value instanceof Document document ? document : new Document.Word((String) value));
        }
        return new Document.Structure(structure);
    }

    public static Document.Structure call(
            AwsService service, Principal principal, String operation, Object... members) {
        var caller = new Caller(principal, "us-east-1", Source.HERE);
        return service.answer(new ServiceRequest(operation, Input.of(structure(members)), caller));
    }

    /** The error of a call, as code, status and text. */
    public static String error(AwsService service, Principal principal, String operation, Object... members) {
        try {
            return call(service, principal, operation, members).toString();
        } catch (ServiceException e) {
            return e.code() + " " + e.status() + " " + e.text();
        }
    }

    /** The member at a path of names. */
    public static Document at(Document document, String... path) {
        Document found = document;
        for (String name : path) {
            Map<String, Document> members = ((Document.Structure) found).members();
            found = members.getOrDefault(name, new Document.Word("(absent)"));
        }
        return found;
    }

    public static String text(Document document, String... path) {
        return switch (at(document, path)) {
            case Document.Text(var text) -> text;
            case Document.Word(var text) -> text;
            case Document other -> other.toString();
        };
    }

    public static List<String> texts(Document document, String list, String member) {
        return ((Document.Sequence) at(document, list))
                .elements().stream()
                        .map(one -> member.isEmpty() ? text(one) : text(one, member))
                        .toList();
    }
}
