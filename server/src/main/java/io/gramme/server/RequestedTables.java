package io.gramme.server;

import io.gramme.api.wire.Json;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The tables that a request names, whichever its operation: for fault rules that concern one table. */
final class RequestedTables {
    /** The members that hold the name or ARN of a table, or the ARN of something of a table. */
    private static final Set<String> MEMBERS = Set.of(
            "TableName",
            "TableArn",
            "ResourceArn",
            "StreamArn",
            "SourceTableName",
            "SourceTableArn",
            "TargetTableName",
            "BackupArn",
            "ExportArn",
            "ImportArn");

    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:[^:]*:table/([^/]+)(/.*)?");

    private RequestedTables() {}

    /** The names of the tables. A body that is not JSON names none. */
    static Set<String> of(byte[] body) {
        var names = new HashSet<String>();
        try (JsonParser json = Json.parser(body)) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 1 && token == JsonToken.VALUE_STRING && MEMBERS.contains(json.currentName())) {
                    names.add(name(json.getString()));
                }
            }
        } catch (JacksonException _) {
            // The operation refuses it.
        }
        return names;
    }

    private static String name(String given) {
        Matcher arn = ARN.matcher(given);
        return arn.matches() ? arn.group(1) : given;
    }
}
