package io.gramme.differential.side;

import static java.util.Objects.requireNonNull;

import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.Tables;
import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Caller;
import io.gramme.differential.wire.Credentials;
import io.gramme.differential.wire.Json;
import io.gramme.differential.wire.Link;
import io.gramme.differential.wire.Request;
import io.gramme.differential.wire.SignedLink;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contestant that is any server with the DynamoDB API: a region of AWS, or another implementation. It may hold
 * tables of other users, which no request of a run names. The run deletes its own tables at its end.
 */
public final class Endpoint implements Contestant {
    private static final Pattern REGION = Pattern.compile("dynamodb\\.([a-z0-9-]+)\\.");
    private static final Pattern TARGET = Pattern.compile("(?i)\\b(FROM|INTO|UPDATE)\\s+(\\S+)");
    private static final int MOST_DELETES = 100;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** Credentials for servers that verify none. */
    private static final Credentials ANY = new Credentials("000000000000", "secret", Optional.empty());

    private final URI url;
    private final Credentials credentials;
    private final String region;

    private Endpoint(URI url, Credentials credentials, String region) {
        this.url = url;
        this.credentials = credentials;
        this.region = region;
    }

    /** Signs with the credentials of the environment, for the region in the URL or else in the environment. */
    public static Endpoint of(URI url, Map<String, String> environment) {
        Optional<Credentials> given = Credentials.of(environment);
        if (isOfAws(url) && given.isEmpty()) {
            throw new IllegalArgumentException(
                    url + " needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN"
                            + " where there is one");
        }
        Matcher inHost = REGION.matcher(url.getHost());
        String region = inHost.find()
                ? requireNonNull(inHost.group(1))
                : Stream.of("AWS_REGION", "AWS_DEFAULT_REGION")
                        .map(variable -> environment.getOrDefault(variable, ""))
                        .filter(text -> !text.isBlank())
                        .findFirst()
                        .orElse(Caller.REGION);
        return new Endpoint(url, given.orElse(ANY), region);
    }

    private static boolean isOfAws(URI url) {
        return url.getHost().matches(".*\\.(amazonaws\\.com(\\.cn)?|api\\.aws)");
    }

    @Override
    public String name() {
        return url.toString();
    }

    @Override
    public Traits traits() {
        return new Traits(
                Traits.Tenancy.SHARED,
                Traits.Sequence.OTHER,
                Traits.Reads.LAGGING,
                Traits.Counts.DELAYED,
                new OwnTables());
    }

    @Override
    public Side start() throws IOException, InterruptedException {
        return new Running();
    }

    /** Deletes every table with the name prefix of the games, and returns their number. */
    public int deleteTables() throws IOException, InterruptedException {
        try (Link link = connect()) {
            List<String> names = tables(link);
            for (String name : names) {
                delete(link, name);
            }
            return names.size();
        }
    }

    private SignedLink connect() {
        return new SignedLink(url, credentials, region);
    }

    private static List<String> tables(Link link) throws IOException {
        var names = new ArrayList<String>();
        ObjectNode request = Json.object();
        while (true) {
            Answer page = link.ask(Request.of("ListTables", request));
            if (!page.succeeded()) {
                throw new IOException("ListTables: " + page.status() + " " + page.type() + " " + page.message());
            }
            page.body().path("TableNames").forEach(name -> names.add(name.asString()));
            JsonNode last = page.body().path("LastEvaluatedTableName");
            if (last.isMissingNode()) {
                return names.stream()
                        .filter(name -> name.startsWith(Tables.PREFIX))
                        .toList();
            }
            request.set("ExclusiveStartTableName", last);
        }
    }

    /** Waits while the table is in a state in which it cannot be deleted. */
    private static void delete(Link link, String name) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_DELETES; i++) {
            Answer answer = link.ask(Request.of("DeleteTable", Json.object("TableName", name)));
            if (answer.succeeded() || answer.type().equals("ResourceNotFoundException")) {
                return;
            }
            if (answer.type().equals("ValidationException")) {
                link.ask(Request.of(
                        "UpdateTable", Json.object("TableName", name).put("DeletionProtectionEnabled", false)));
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException("the table " + name + " cannot be deleted: delete it by hand");
    }

    private final class Running implements Side {
        @Override
        public Link connect(String account) {
            return Endpoint.this.connect();
        }

        @Override
        public void close() throws IOException {
            try {
                deleteTables();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Claims only requests that name the run's own tables, because a fault may have changed a name; and no ListTables.
     */
    private static final class OwnTables implements Claims {
        @Override
        public boolean include(Move move) {
            return !move.operation().equals("ListTables") && namesOwn(move.body());
        }

        private static boolean namesOwn(JsonNode node) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                JsonNode value = member.getValue();
                boolean isOwn = switch (member.getKey()) {
                    case "TableName", "ResourceArn" -> isOwn(value.asString(""));
                    case "RequestItems" -> value.propertyNames().stream().allMatch(OwnTables::isOwn);
                    case "Statement" -> isOwnStatement(value.asString(""));
                    default -> true;
                };
                if (!isOwn || !namesOwn(value)) {
                    return false;
                }
            }
            return node.isObject() || node.valueStream().allMatch(OwnTables::namesOwn);
        }

        /** Whether a name is the run's own, or not valid as the name of any table. */
        private static boolean isOwn(String name) {
            return name.contains(Tables.PREFIX) || !name.matches("[a-zA-Z0-9_.-]{3,255}");
        }

        private static boolean isOwnStatement(String statement) {
            return TARGET.matcher(statement)
                    .results()
                    .allMatch(match -> requireNonNull(match.group(2)).contains(Tables.PREFIX));
        }
    }
}
