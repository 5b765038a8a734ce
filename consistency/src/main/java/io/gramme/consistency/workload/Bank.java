package io.gramme.consistency.workload;

import io.gramme.consistency.workload.Answer.Done;
import io.gramme.consistency.workload.Answer.Lost;
import io.gramme.consistency.workload.Answer.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A workload of bank accounts: some transactions move money between them, others read them all. The sum never changes,
 * no account is overdrawn, and each transfer is made as often as it was acknowledged: once or not at all.
 *
 * <p>A transfer that meets a conflict is retried, and one without an answer is sent again under the same token.
 */
public final class Bank {
    private static final long AT_THE_START = 100;
    private static final int MOST_AT_ONCE = 40;

    private final Database database;
    private final String prefix;
    private final int accounts;
    private final Retry retry;
    private final Contention contention = new Contention();
    private final AtomicLong transfers = new AtomicLong();

    /** The acknowledged transfers: true if a transfer was made, false if it was refused. */
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();

    /** @param prefix of the names of its tables, which are made here */
    public Bank(Database database, String prefix, int accounts, Retry retry) {
        this.database = database;
        this.prefix = prefix;
        this.accounts = accounts;
        this.retry = retry;
        for (String table : new String[] {table("accounts"), table("transfers")}) {
            database.createTable(
                    table,
                    "{TableName: '" + table + "', BillingMode: 'PAY_PER_REQUEST',"
                            + "AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                            + "KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
        }
        IntStream.range(0, accounts)
                .forEach(account -> database.mustDo(
                        "PutItem",
                        "{TableName: '" + table("accounts") + "', Item: {id: {S: 'a" + account + "'}, balance: {N: '"
                                + AT_THE_START + "'}}}"));
    }

    private String table(String name) {
        return prefix + name;
    }

    /** Starts clients: {@code movers} that move money, and {@code auditors} that read all of it. */
    public void join(Crowd crowd, int movers, int auditors, long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < movers; i++) {
            SplittableRandom own = random.split();
            Contention.Client client = contention.client();
            crowd.add(() -> move(client, own));
        }
        for (int i = 0; i < auditors; i++) {
            SplittableRandom own = random.split();
            Contention.Client client = contention.auditor();
            crowd.add(() -> audit(client, own));
        }
    }

    private void move(Contention.Client client, SplittableRandom random) {
        int from = random.nextInt(accounts);
        if (random.nextInt(10) == 0) {
            touch(from);
            return;
        }
        int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
        long amount = 1L + random.nextInt(MOST_AT_ONCE);
        String id = "t" + transfers.incrementAndGet();
        String request = transfer(id, from, to, amount, new UUID(random.nextLong(), random.nextLong()).toString());
        Contention.Wait wait = client.begins();
        while (true) {
            switch (database.call("TransactWriteItems", request)) {
                case Done _ -> {
                    answered.put(id, true);
                    wait.ends();
                    return;
                }
                case Refused refused when refused.isConflict() -> retry.await(wait.meetsConflict(), random);
                case Refused refused -> {
                    requireFailedCondition(refused);
                    answered.put(id, false);
                    wait.ends();
                    return;
                }
                case Lost _ -> wait.isLost();
            }
        }
    }

    /** A single write to an account, which conflicts with transactions. */
    private void touch(int account) {
        database.call(
                "UpdateItem",
                "{TableName: '" + table("accounts") + "', Key: {id: {S: 'a" + account + "'}},"
                        + "UpdateExpression: 'ADD touched :one', ExpressionAttributeValues: {':one': {N: '1'}}}");
    }

    private static void requireFailedCondition(Refused refused) {
        if (!refused.isFailedCondition()) {
            throw new AssertionError("a transfer was refused: " + refused.body());
        }
    }

    /**
     * The transfer also writes a record of itself, which counts how often it was made, and does not prevent a second
     * time.
     */
    private String transfer(String id, int from, int to, long amount, String token) {
        return "{ClientRequestToken: '" + token + "', TransactItems: [" + pay(from, -amount) + "," + pay(to, amount)
                + ", {Update: {TableName: '" + table("transfers") + "', Key: {id: {S: '" + id + "'}},"
                + "UpdateExpression: 'SET payer = :from, payee = :to, amount = :amount ADD times :one',"
                + "ExpressionAttributeValues: {':one': {N: '1'}, ':amount': {N: '" + amount + "'},"
                + "':from': {S: 'a" + from + "'}, ':to': {S: 'a" + to + "'}}}}]}";
    }

    private String pay(int account, long amount) {
        return "{Update: {TableName: '" + table("accounts") + "', Key: {id: {S: 'a" + account + "'}},"
                + "UpdateExpression: 'ADD balance :amount', ConditionExpression: 'balance >= :least',"
                + "ExpressionAttributeValues: {':amount': {N: '" + amount + "'}, ':least': {N: '"
                + Math.max(0, -amount) + "'}}}}";
    }

    private void audit(Contention.Client client, SplittableRandom random) {
        String gets = IntStream.range(0, accounts)
                .mapToObj(account ->
                        "{Get: {TableName: '" + table("accounts") + "', Key: {id: {S: 'a" + account + "'}}}}")
                .toList()
                .toString();
        Contention.Wait wait = client.begins();
        while (true) {
            switch (database.call("TransactGetItems", "{TransactItems: " + gets + "}")) {
                case Done(var body) -> {
                    wait.ends();
                    var balances = new HashMap<String, Long>();
                    body.path("Responses").forEach(response -> add(balances, response.path("Item")));
                    requireWhole(balances);
                    return;
                }
                case Refused refused when refused.isConflict() -> retry.await(wait.meetsConflict(), random);
                case Refused refused -> throw new AssertionError("an audit was refused: " + refused.body());
                case Lost _ -> wait.isLost();
            }
        }
    }

    private static void add(Map<String, Long> balances, JsonNode account) {
        balances.put(account.path("id").path("S").asString(), number(account, "balance"));
    }

    private static long number(JsonNode item, String attribute) {
        return Long.parseLong(item.path(attribute).path("N").asString());
    }

    private void requireWhole(Map<String, Long> balances) {
        long sum = balances.values().stream().mapToLong(Long::longValue).sum();
        if (balances.size() != accounts || sum != accounts * AT_THE_START) {
            throw new AssertionError("the accounts sum to " + sum + ": " + new TreeMap<>(balances));
        }
        if (balances.values().stream().anyMatch(balance -> balance < 0)) {
            throw new AssertionError("an account is overdrawn: " + new TreeMap<>(balances));
        }
    }

    /** Whether every client has completed a request. */
    public boolean hasServedAll() {
        return contention.leastSettled() > 0 && contention.leastAudited() > 0;
    }

    /**
     * Call it once the clients have ended: throws if money appeared or disappeared, or a transfer was made twice or
     * against its answer.
     */
    public Contention check() {
        var balances = new HashMap<String, Long>();
        Rows.scan(database, table("accounts"), "ConsistentRead: true").forEach(account -> add(balances, account));
        requireWhole(balances);
        var recorded = new HashMap<String, Long>();
        var made = new HashMap<String, Long>();
        for (JsonNode transfer : Rows.scan(database, table("transfers"), "ConsistentRead: true")) {
            made.put(transfer.path("id").path("S").asString(), number(transfer, "times"));
            long amount = number(transfer, "amount");
            recorded.merge(transfer.path("payer").path("S").asString(), -amount, Long::sum);
            recorded.merge(transfer.path("payee").path("S").asString(), amount, Long::sum);
        }
        answered.forEach((id, done) -> {
            long times = made.getOrDefault(id, 0L);
            if (times != (done ? 1 : 0)) {
                throw new AssertionError(
                        "transfer " + id + " was " + (done ? "made" : "refused") + " and recorded " + times + " times");
            }
        });
        if (!answered.keySet().containsAll(made.keySet())) {
            throw new AssertionError("transfers were recorded that were never answered");
        }
        balances.forEach((account, balance) -> {
            if (balance != AT_THE_START + recorded.getOrDefault(account, 0L)) {
                throw new AssertionError("account " + account + " has " + balance + ", by its transfers it should have "
                        + (AT_THE_START + recorded.getOrDefault(account, 0L)));
            }
        });
        return contention;
    }

    public void dropTables() {
        database.call("DeleteTable", "{TableName: '" + table("accounts") + "'}");
        database.call("DeleteTable", "{TableName: '" + table("transfers") + "'}");
    }
}
