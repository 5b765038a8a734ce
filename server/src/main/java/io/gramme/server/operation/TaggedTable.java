package io.gramme.server.operation;

import io.gramme.api.Tag;
import io.gramme.core.error.SettingsErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Settings;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The table that a request on tags addresses, always by its ARN. */
final class TaggedTable {
    private final Tables tables;
    private final String arn;
    private final TableName name;

    TaggedTable(Tables tables, AccountRegion caller, String arn) {
        this.tables = tables;
        this.arn = arn;
        this.name = parse(caller, arn);
    }

    /** The operations on tags report a wrong ARN in texts of their own, different from those about table names. */
    private static TableName parse(AccountRegion caller, String arn) {
        if (!arn.startsWith("arn:")) {
            throw SettingsErrors.notAnArn(arn);
        }
        List<String> parts = List.of(arn.split(":", 6));
        if (parts.size() < 6 || !parts.get(2).equals("dynamodb")) {
            throw SettingsErrors.arnOfOtherService(arn);
        }
        String resource = parts.get(5);
        if (!resource.startsWith("table/") || resource.indexOf('/', "table/".length()) >= 0) {
            throw SettingsErrors.arnNotTaggable(arn);
        }
        if (!parts.get(3).equals(caller.region())) {
            throw SettingsErrors.taggedInOtherRegion(arn);
        }
        if (!parts.get(4).equals(caller.account())) {
            throw TableErrors.arnOfOtherAccount();
        }
        return new TableName(caller, resource.substring("table/".length()));
    }

    Map<String, String> tags() {
        return requireTable().settings().tags();
    }

    /** A table in CREATING is reported as not found. */
    private Table requireTable() {
        return tables.find(name)
                .filter(table -> table.status() != Table.Status.CREATING)
                .orElseThrow(() -> SettingsErrors.taggedNotFound(arn));
    }

    void add(List<Tag> added) {
        if (added.isEmpty()) {
            throw SettingsErrors.noTag();
        }
        TagRules.requireTags(added);
        change(old -> TagRules.with(old, added));
    }

    void remove(Collection<String> keys) {
        if (keys.isEmpty()) {
            throw SettingsErrors.noTagKey();
        }
        TagRules.requireKeys(keys);
        change(old -> TagRules.without(old, keys));
    }

    private void change(UnaryOperator<Map<String, String>> edit) {
        var _ = requireTable();
        tables.change(name, table -> {
            if (table.status() == Table.Status.DELETING) {
                throw TableErrors.beingDeleted(table.name());
            }
            Settings settings = table.settings();
            Map<String, String> tags = edit.apply(settings.tags());
            BlindKeys.requireSame(settings.tags(), tags);
            return table.with(settings.withTags(tags));
        });
    }
}
