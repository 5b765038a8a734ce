package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.IndexModel;
import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random PartiQL statements, alone, in batches and in transactions. */
final class StatementRequests {
    private static final List<String> COMPARATORS = List.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private final Luck luck;
    private final Values values;
    private final ItemRequests items;

    StatementRequests(Luck luck, Values values, ItemRequests items) {
        this.luck = luck;
        this.values = values;
        this.items = items;
    }

    /** A statement with its parameters, and the item that it writes, if it does. */
    private record Statement(ObjectNode request, List<ObjectNode> items) {}

    Move execute(TableModel table) {
        Statement statement = luck.chance(45) ? select(table) : write(table, luck.chance(40));
        ObjectNode request = statement.request();
        if (luck.chance(20)) {
            request.put("ConsistentRead", luck.chance(60));
        }
        returnOnFailure(request);
        items.capacity(request);
        return new Move("ExecuteStatement", request, statement.items());
    }

    Move batch(List<TableModel> tables) {
        boolean reads = luck.chance(50);
        List<Statement> statements = several(tables, table -> reads ? read(table) : write(table, false));
        if (reads) {
            statements.stream()
                    .filter(_ -> luck.chance(20))
                    .forEach(read -> read.request().put("ConsistentRead", true));
        }
        return together("BatchExecuteStatement", "Statements", statements);
    }

    Move transaction(List<TableModel> tables) {
        boolean reads = luck.chance(35);
        List<Statement> statements = several(tables, table -> reads ? read(table) : transacted(table));
        statements.forEach(statement -> returnOnFailure(statement.request()));
        return together("ExecuteTransaction", "TransactStatements", statements);
    }

    private Statement transacted(TableModel table) {
        return luck.chance(20) ? exists(table) : write(table, false);
    }

    private List<Statement> several(List<TableModel> tables, Function<TableModel, Statement> writing) {
        return IntStream.range(0, luck.between(1, 4))
                .mapToObj(_ -> writing.apply(luck.of(tables)))
                .toList();
    }

    private Move together(String operation, String member, List<Statement> statements) {
        ObjectNode request = Json.object();
        ArrayNode requests = request.putArray(member);
        statements.forEach(statement -> requests.add(statement.request()));
        items.capacity(request);
        return new Move(
                operation,
                request,
                statements.stream()
                        .flatMap(statement -> statement.items().stream())
                        .toList());
    }

    private void returnOnFailure(ObjectNode request) {
        if (luck.chance(15)) {
            request.put("ReturnValuesOnConditionCheckFailure", luck.of("ALL_OLD", "NONE"));
        }
    }

    private Statement write(TableModel table, boolean returning) {
        return switch (luck.below(5)) {
            case 0, 1 -> insert(table);
            case 2, 3 -> update(table, returning);
            default -> delete(table, returning);
        };
    }

    private static Statement statement(String text, Literals literals, List<ObjectNode> items) {
        ObjectNode request = Json.object("Statement", text);
        literals.addTo(request);
        return new Statement(request, items);
    }

    private static List<ObjectNode> named(TableModel table, ObjectNode key) {
        return List.of(Json.object("TableName", table.name()).set("Key", key));
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private Statement insert(TableModel table) {
        var literals = new Literals(luck);
        ObjectNode item = values.item(table);
        ObjectNode key = Json.object();
        table.key().forEach(attribute -> key.set(attribute.name(), item.path(attribute.name())));
        String text = "INSERT INTO " + quoted(table.name()) + " VALUE " + literals.tuple(item);
        return statement(text, literals, named(table, key));
    }

    private Statement update(TableModel table, boolean returning) {
        var literals = new Literals(luck);
        var text = new StringBuilder("UPDATE " + quoted(table.name()));
        for (String attribute : luck.some(Values.ATTRIBUTES, luck.between(1, 3))) {
            text.append(luck.chance(75) ? set(attribute, literals) : " REMOVE " + path(attribute));
        }
        ObjectNode key = values.key(table);
        text.append(where(table, key, literals));
        if (returning) {
            text.append(" RETURNING ").append(luck.of("ALL NEW *", "ALL OLD *", "MODIFIED NEW *", "MODIFIED OLD *"));
        }
        return statement(text.toString(), literals, named(table, key));
    }

    private String set(String attribute, Literals literals) {
        String path = path(attribute);
        String assigned = switch (luck.below(8)) {
            case 0 -> path + luck.of(" + ", " - ") + literals.value(values.ofType("N", 0));
            case 1 -> "list_append(" + path + ", " + literals.value(values.ofType("L", 1)) + ")";
            case 2 -> "if_not_exists(" + path + ", " + literals.value(values.usual(attribute)) + ")";
            case 3 -> luck.of("set_add(", "set_delete(") + path + ", " + literals.value(set(attribute)) + ")";
            case 4 -> path(luck.of(Values.ATTRIBUTES));
            default -> literals.value(values.usual(attribute));
        };
        return " SET " + path + " = " + assigned;
    }

    private ObjectNode set(String attribute) {
        return switch (attribute) {
            case "at2", "at3", "at9" -> values.usual(attribute);
            default -> values.ofType(luck.of("SS", "NS", "BS"), 1);
        };
    }

    private Statement delete(TableModel table, boolean returning) {
        var literals = new Literals(luck);
        ObjectNode key = values.key(table);
        String text = "DELETE FROM " + quoted(table.name()) + where(table, key, literals)
                + (returning ? " RETURNING ALL OLD *" : "");
        return statement(text, literals, named(table, key));
    }

    /** One item by its whole key. */
    private Statement read(TableModel table) {
        var literals = new Literals(luck);
        String text = "SELECT " + projection(table) + " FROM " + quoted(table.name())
                + where(table, values.key(table), literals);
        return statement(text, literals, List.of());
    }

    private Statement exists(TableModel table) {
        var literals = new Literals(luck);
        String text = "EXISTS(SELECT * FROM " + quoted(table.name()) + where(table, values.key(table), literals) + ")";
        return statement(text, literals, List.of());
    }

    private Statement select(TableModel table) {
        var literals = new Literals(luck);
        Optional<IndexModel> index =
                table.indexes().isEmpty() || luck.chance(55) ? Optional.empty() : Optional.of(luck.of(table.indexes()));
        List<KeyAttribute> hash = index.map(IndexModel::hash).orElse(List.of(table.hash()));
        List<KeyAttribute> range =
                index.map(IndexModel::range).orElse(table.range().stream().toList());
        String from = quoted(table.name())
                + index.map(one -> "." + quoted(one.name())).orElse("");
        var terms = new ArrayList<String>();
        if (luck.chance(80)) {
            hash.forEach(attribute -> terms.add(attribute.name() + " = " + literals.value(values.key(attribute))));
            if (!range.isEmpty() && luck.chance(60)) {
                terms.add(sortTerm(range.getFirst(), literals));
            }
        }
        if (luck.chance(40)) {
            terms.add(condition(luck.below(2), literals));
        }
        String where = terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms);
        boolean sorts = !range.isEmpty() && luck.chance(10);
        String order = sorts ? " ORDER BY " + range.getFirst().name() + luck.of("", " ASC", " DESC") : "";
        return statement("SELECT " + projection(table) + " FROM " + from + where + order, literals, List.of());
    }

    private String sortTerm(KeyAttribute attribute, Literals literals) {
        String value = literals.value(values.key(attribute));
        return switch (luck.below(5)) {
            case 0 -> attribute.name() + " BETWEEN " + value + " AND " + literals.value(values.key(attribute));
            case 1 -> "begins_with(" + attribute.name() + ", " + value + ")";
            case 2 -> attribute.name() + " = " + value;
            default -> attribute.name() + " " + luck.of("<", "<=", ">", ">=") + " " + value;
        };
    }

    private String projection(TableModel table) {
        if (luck.chance(60)) {
            return "*";
        }
        return luck.some(ItemRequests.attributes(table), luck.between(1, 3)).stream()
                .map(this::path)
                .collect(Collectors.joining(", "));
    }

    private String where(TableModel table, ObjectNode key, Literals literals) {
        var terms = new ArrayList<String>();
        table.key()
                .forEach(attribute ->
                        terms.add(attribute.name() + " = " + literals.value((ObjectNode) key.path(attribute.name()))));
        if (luck.chance(30)) {
            terms.add(condition(luck.below(2), literals));
        }
        return " WHERE " + String.join(" AND ", terms);
    }

    private String condition(int depth, Literals literals) {
        if (depth == 0 || luck.chance(50)) {
            return simple(luck.of(Values.ATTRIBUTES), literals);
        }
        String one = condition(depth - 1, literals);
        return switch (luck.below(3)) {
            case 0 -> "NOT (" + one + ")";
            case 1 -> "(" + one + " OR " + condition(depth - 1, literals) + ")";
            default -> "(" + one + " AND " + condition(depth - 1, literals) + ")";
        };
    }

    private String simple(String attribute, Literals literals) {
        String path = path(attribute);
        return switch (luck.below(9)) {
            case 0, 1 -> path + " " + luck.of(COMPARATORS) + " " + literals.value(values.usual(attribute));
            case 2 ->
                path + " BETWEEN " + literals.value(values.ofType("N", 0)) + " AND "
                        + literals.value(values.ofType("N", 0));
            case 3 ->
                path
                        + IntStream.range(0, luck.between(1, 3))
                                .mapToObj(_ -> literals.value(values.usual(attribute)))
                                .collect(Collectors.joining(", ", " IN [", "]"));
            case 4 -> path + luck.of(" IS MISSING", " IS NOT MISSING", " IS NULL", " IS NOT NULL");
            case 5 -> luck.of("attribute_exists(", "attribute_not_exists(") + path + ")";
            case 6 -> "attribute_type(" + path + ", " + Literals.text(luck.of(Values.TYPES)) + ")";
            case 7 -> luck.of("begins_with(", "contains(") + path + ", " + literals.value(values.ofType("S", 0)) + ")";
            default -> "size(" + path + ") " + luck.of(COMPARATORS) + " " + luck.below(4);
        };
    }

    private String path(String attribute) {
        String name = luck.chance(80) ? attribute : quoted(attribute);
        if (luck.chance(80)) {
            return name;
        }
        return switch (luck.below(3)) {
            case 0 -> name + "[" + luck.below(3) + "]";
            case 1 -> name + "." + luck.of("x", "y", "z");
            default -> name + "[" + luck.below(2) + "].x";
        };
    }
}
