package io.gramme.server.permission;

import io.gramme.core.error.AccessErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one request needs: each of these actions on each of these resources, before it does anything.
 *
 * <p>A name that no resource can have is no concern of policies: the operation refuses it. Until then it is judged as
 * the resource that it would be.
 */
public final class Needs {
    /** Of any partition, and in any spelling of it: policies are asked about the ARN that the table really has. */
    private static final Pattern OF_TABLE =
            Pattern.compile("arn:[^:]*:dynamodb:([^:/]*):([^:/]*):table/([^/]+)(/.*)?", Pattern.DOTALL);

    private final AccountRegion asked;
    private final Function<TableName, Optional<Table>> tables;
    private final List<Need> all = new ArrayList<>();

    /**
     * @param asked the account and region of the caller, which names without an ARN belong to
     * @param tables finds a table that exists
     */
    Needs(AccountRegion asked, Function<TableName, Optional<Table>> tables) {
        this.asked = asked;
        this.tables = tables;
    }

    /**
     * One of them.
     *
     * @param action with the prefix of its service
     * @param arn or a star, for an operation that names no resource
     * @param owner of the resource
     * @param table that the resource is, or is part of: its tags and its policy count
     * @param keys of conditions, which the request itself determines, by their names in lower case
     * @param itemsFollow whether the item store asks again, with the items that are touched: conditions are left to
     *     that
     */
    public record Need(
            String action,
            String arn,
            AccountRegion owner,
            Optional<String> table,
            Map<String, List<String>> keys,
            boolean itemsFollow) {
        /** For all resources of the service. */
        public static final String ANY = "*";

        public Need {
            keys = Map.copyOf(keys);
        }
    }

    AccountRegion asked() {
        return asked;
    }

    public List<Need> all() {
        return all;
    }

    /** The account whose resources the request addresses, which may be another than that of its caller. */
    public AccountRegion owner() {
        return all.isEmpty() ? asked : all.getFirst().owner();
    }

    /** Whether it addresses resources of one account alone. */
    public boolean haveOneOwner() {
        return all.stream().map(need -> need.owner().account()).distinct().count() <= 1;
    }

    /** An operation that names no resource. */
    Needs any(String action) {
        return add(new Need(action, Need.ANY, asked, Optional.empty(), Map.of(), false));
    }

    /** @param table a name or an ARN */
    Needs table(String action, String table) {
        return table(action, table, "", Map.of(), false);
    }

    /** @param keys of conditions, by their names in lower case */
    Needs table(String action, String table, Map<String, List<String>> keys) {
        return table(action, table, "", keys, false);
    }

    Needs index(String action, String table, Optional<String> index) {
        return table(action, table, suffix(index), Map.of(), false);
    }

    /** An action on items, whose conditions the item store decides. */
    Needs items(String action, String table, Optional<String> index) {
        return table(action, table, suffix(index), Map.of(), true);
    }

    private static String suffix(Optional<String> index) {
        return index.map(name -> "/index/" + name).orElse("");
    }

    private Needs table(String action, String given, String suffix, Map<String, List<String>> keys, boolean items) {
        if (given.startsWith("arn:")) {
            return arn(action, given + suffix, keys, items);
        }
        return add(new Need(action, asked.tableArn(given) + suffix, asked, Optional.of(given), keys, items));
    }

    /** @param arn of a table, or of something of a table, such as a stream or a backup */
    Needs arn(String action, String arn) {
        return arn(action, arn, Map.of(), false);
    }

    Needs arn(String action, String arn, Map<String, List<String>> keys) {
        return arn(action, arn, keys, false);
    }

    private Needs arn(String action, String arn, Map<String, List<String>> keys, boolean items) {
        Matcher parts = OF_TABLE.matcher(arn);
        if (!parts.matches()) {
            return add(new Need(action, arn, asked, Optional.empty(), keys, items));
        }
        var owner = new AccountRegion(parts.group(2), parts.group(1));
        String rest = Optional.ofNullable(parts.group(4)).orElse("");
        String real = owner.tableArn(parts.group(3)) + rest;
        return add(new Need(action, real, owner, Optional.of(parts.group(3)), keys, items));
    }

    /** @param source a stream by its ARN, or a table by its name or ARN for its present stream */
    Needs stream(String action, String source) {
        if (source.contains("/stream/")) {
            return arn(action, source);
        }
        table(action, source);
        Need ofTable = all.removeLast();
        String label = ofTable.table()
                .filter(TableName::isPlain)
                .flatMap(name -> tables.apply(new TableName(ofTable.owner(), name)))
                .flatMap(table -> table.settings().stream())
                .map(Settings.Stream::label)
                .orElse("none");
        return add(new Need(
                action, ofTable.arn() + "/stream/" + label, ofTable.owner(), ofTable.table(), Map.of(), false));
    }

    private Needs add(Need need) {
        all.add(need);
        return this;
    }

    /**
     * The keys of conditions for tags that a request brings. Conditions name tags without regard to case, so two that
     * differ in nothing else would hide each other, and are refused.
     */
    static Map<String, List<String>> tags(Map<String, String> tags) {
        var keys = new LinkedHashMap<String, List<String>>();
        tags.forEach((key, value) -> {
            if (keys.put("aws:requesttag/" + key.toLowerCase(Locale.ROOT), List.of(value)) != null) {
                throw AccessErrors.tagTwice(key);
            }
        });
        keys.put("aws:tagkeys", List.copyOf(tags.keySet()));
        return keys;
    }
}
