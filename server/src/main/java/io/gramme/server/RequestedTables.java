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

    private static final String TRANSACTION = "TransactItems";

    private static final Pattern ARN = Pattern.compile("arn:[^:]*:[^:]*:[^:]*:[^:]*:table/([^/]+)(/.*)?");

    private RequestedTables() {}

    /** The member of a batch whose own members are tables. */
    private static final String BATCH = "RequestItems";

    /** The depth of the actions of a transaction: the request, its list, its elements, their one member. */
    private static final int OF_TRANSACTION = 4;

    /** A batch has fewer. */
    private static final int MOST = 1_000;

    /** The names of the tables, also those of batches and transactions. A body that is not JSON names none. */
    static Set<String> of(byte[] body) {
        var names = new HashSet<String>();
        try (JsonParser json = Json.parser(body)) {
            int depth = 0;
            String member = "";
            for (JsonToken token = json.nextToken(); token != null && names.size() < MOST; token = json.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.PROPERTY_NAME) {
                    member = depth == 1 ? json.currentName() : member;
                    if (depth == 2 && member.equals(BATCH)) {
                        names.add(name(json.currentName()));
                    }
                } else if (token == JsonToken.VALUE_STRING
                        && (depth == 1 || (depth == OF_TRANSACTION && member.equals(TRANSACTION)))
                        && MEMBERS.contains(json.currentName())) {
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
