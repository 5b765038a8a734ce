package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ItemChangeDescription;
import io.gramme.api.ListItemChangesInput;
import io.gramme.api.ListItemChangesOutput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Json;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** {@code gramme diff}: what differs in a table of a running server between two moments. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the items of a table that were added, changed or removed between two moments. The table must have"
                    + " point-in-time recovery: 'gramme recovery on TABLE'.",
            "On a terminal, a line begins with + for an added item, - for a removed one and ~ for a changed one;"
                    + " elsewhere there is a line of JSON for each, with Keys, OldImage and NewImage."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, whether something differs or not",
            "1:the command failed",
            "2:the command line is wrong"
        })
final class DiffCommand extends CallingCommand {
    @Parameters(paramLabel = "TABLE", description = "Name or ARN of the table.")
    private String table = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "The first moment: 2026-11-30T14:03:00Z, with a fraction if you like.")
    private Instant from = Instant.EPOCH;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = MomentText.class,
            description = "The second moment. Default: now")
    private Optional<Instant> to = Optional.empty();

    private long added;
    private long changed;
    private long removed;

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        boolean terminal = JobScreen.isTerminal();
        Optional<String> second = to.map(Instant::toString);
        Optional<String> token = Optional.empty();
        do {
            ListItemChangesOutput page = call(
                    Operations.LIST_ITEM_CHANGES,
                    ListItemChangesInput.builder()
                            .tableName(table)
                            .from(from.toString())
                            .to(second)
                            .nextToken(token)
                            .build());
            for (ItemChangeDescription change : page.changes().orElse(List.of())) {
                count(change);
                out().println(terminal ? line(change) : json(change));
            }
            // The present of the first page is that of all.
            second = page.to();
            token = page.nextToken();
        } while (token.isPresent());
        err().println(String.format(Locale.ROOT, "%,d added, %,d changed, %,d removed", added, changed, removed));
        return CommandLine.ExitCode.OK;
    }

    private void count(ItemChangeDescription change) {
        if (change.oldImage().isEmpty()) {
            added++;
        } else if (change.newImage().isEmpty()) {
            removed++;
        } else {
            changed++;
        }
    }

    /** A change for a person: whole items that were added or removed, and of others the attributes that differ. */
    static String line(ItemChangeDescription change) {
        if (change.oldImage().isEmpty()) {
            return "+ " + change.newImage().map(PlainValue::of).orElse("");
        }
        if (change.newImage().isEmpty()) {
            return "- " + change.oldImage().map(PlainValue::of).orElse("");
        }
        Item before = change.oldImage().get();
        Item after = change.newImage().get();
        var names = new TreeSet<>(before.attributes().keySet());
        names.addAll(after.attributes().keySet());
        var differences = new ArrayList<String>();
        for (String name : names) {
            Optional<Value> old = before.get(name);
            Optional<Value> now = after.get(name);
            if (!old.equals(now)) {
                differences.add(name + ": " + shown(old) + " -> " + shown(now));
            }
        }
        return "~ " + PlainValue.of(change.keys()) + "  " + String.join(", ", differences);
    }

    private static String shown(Optional<Value> value) {
        return value.map(PlainValue::of).orElse("(none)");
    }

    private static String json(ItemChangeDescription change) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            ItemChangeDescription.SHAPE.write(generator, change);
        }
        return bytes.toString(UTF_8);
    }
}
