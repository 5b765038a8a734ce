package io.gramme.cli;

import io.gramme.api.AttributeDefinition;
import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.BatchWriteItemOutput;
import io.gramme.api.DescribeTableInput;
import io.gramme.api.KeySchemaElement;
import io.gramme.api.Operations;
import io.gramme.api.PutItemInput;
import io.gramme.api.TableDescription;
import io.gramme.cli.ImportInput.Format;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code gramme import}: puts the items in local files into a table of a running server. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Put the items in files of this machine into a table, as BatchWriteItem does: an item replaces one of its"
                    + " key, and of several the last one stays.",
            "A file has lines of DynamoDB JSON ({\"Item\":{...}}), Ion or CSV, plain or compressed by GZIP or ZSTD. A"
                    + " directory stands for the files in it, or for the data of the export that it is.",
            "A record that is no valid item is reported with its file and line, and the others are imported."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all items are in the table",
            "1:the command failed or was stopped, or a record was not imported",
            "2:the command line is wrong"
        })
final class ImportCommand extends CallingCommand {
    private static final int MOST_PARALLEL = 64;
    private static final Duration CREATING = Duration.ofMillis(100);

    @Parameters(index = "0", paramLabel = "TABLE", description = "Name or ARN of the table.")
    private String table = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files; - is standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--create",
            paramLabel = "KEY",
            converter = NewKey.Text.class,
            description = "Create the table first, on demand, with this key: NAME:TYPE of the partition key, or"
                    + " NAME:TYPE,NAME:TYPE with a sort key; TYPE is S, N or B.")
    private Optional<NewKey> create = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatText.class,
            description = "Format of the files: json, ion or csv. By default, the names of files tell it"
                    + " (.json .jsonl .ndjson .ion .csv .tsv), and standard input is json.")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            converter = DelimiterText.class,
            description = "Between the columns of CSV: , ; : | tab or space. Default: a comma, in .tsv files a tab")
    private Optional<Character> delimiter = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "NAMES",
            description = "Names of the columns of CSV, with commas between them, if the files have no line of names.")
    private Optional<String> header = Optional.empty();

    @Option(
            names = "--max-errors",
            paramLabel = "NUMBER",
            description = "Stop when more records than this were not imported.",
            showDefaultValue = Visibility.ALWAYS)
    private long mostErrors = 100;

    @Option(
            names = "--parallel",
            paramLabel = "NUMBER",
            description = "Requests to the server at once.",
            showDefaultValue = Visibility.ALWAYS)
    private int parallel = 8;

    @Option(
            names = "--resume-from",
            paramLabel = "[FILE:]NUMBER",
            description = "Begin with this record, counted from 1, of this file, and leave out the files before it. An"
                    + " import that ended early prints it. Does not create the table.")
    private Optional<String> resumeFrom = Optional.empty();

    static final class FormatText extends EnumText<Format> {
        FormatText() {
            super(Format.values());
        }
    }

    static final class DelimiterText implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            return switch (text) {
                case ",", ";", ":", "|", "\t", " " -> text.charAt(0);
                case "tab", "\\t" -> '\t';
                case "space" -> ' ';
                default -> throw new TypeConversionException("'" + text + "' is not one of , ; : | tab space");
            };
        }
    }

    @Override
    String resource() {
        return table;
    }

    @Override
    int run() throws IOException, InterruptedException {
        requireBounds();
        if (create.isPresent() && resumeFrom.isEmpty()) {
            call(Operations.CREATE_TABLE, create.get().request(table));
        }
        TableDescription target = active();
        List<ImportInput> inputs = ImportInput.of(files, style(target));
        PutLanes.Position begin = begin(inputs);
        return ImportWatch.run(
                inputs, begin, lanes(keyNames(target)), new ProgressLine(err(), JobScreen.isTerminal()), mostErrors);
    }

    private ImportWatch.LaneFactory lanes(List<String> keyNames) {
        UnaryOperator<Item> keyOf = item -> item.only(keyNames);
        return tally -> new PutLanes(parallel, keyOf, new BatchPut(table, keyOf, new Puts(), Thread::sleep, tally));
    }

    private final class Puts implements BatchPut.Calls {
        @Override
        public BatchWriteItemOutput write(BatchWriteItemInput request) throws IOException, InterruptedException {
            return call(Operations.BATCH_WRITE_ITEM, request);
        }

        @Override
        public void put(PutItemInput request) throws IOException, InterruptedException {
            var _ = call(Operations.PUT_ITEM, request);
        }
    }

    private void requireBounds() {
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new ParameterException(
                    spec().commandLine(), "--parallel is 1 to " + MOST_PARALLEL + ", not " + parallel);
        }
        if (mostErrors < 0) {
            throw new ParameterException(spec().commandLine(), "--max-errors is 0 or more, not " + mostErrors);
        }
        if (files.stream().filter(ImportInput.STANDARD::equals).count() > 1) {
            throw new ParameterException(spec().commandLine(), "standard input can be read only once");
        }
    }

    private ImportInput.Style style(TableDescription target) {
        Map<String, Value.Type> types = target.attributeDefinitions().orElse(List.of()).stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName,
                        definition ->
                                Value.Type.valueOf(definition.attributeType().wire())));
        return new ImportInput.Style(format, delimiter, header.map(names -> List.of(names.split(",", -1))), types);
    }

    private static List<String> keyNames(TableDescription target) {
        var names = new ArrayList<String>();
        target.keySchema().orElse(List.of()).stream()
                .map(KeySchemaElement::attributeName)
                .forEach(names::add);
        return names;
    }

    /** The table, once items can be put into it. */
    private TableDescription active() throws IOException, InterruptedException {
        while (true) {
            TableDescription found = call(Operations.DESCRIBE_TABLE, new DescribeTableInput(table))
                    .table()
                    .orElseThrow(CallingCommand::unknownForm);
            String status = found.tableStatus().map(Object::toString).orElse("");
            if (!status.equals("CREATING") || create.isEmpty()) {
                return found;
            }
            Thread.sleep(CREATING);
        }
    }

    private PutLanes.Position begin(List<ImportInput> inputs) {
        if (resumeFrom.isEmpty()) {
            return new PutLanes.Position(0, 0);
        }
        String given = resumeFrom.get();
        int colon = given.lastIndexOf(':');
        String file = colon < 0 ? inputs.getFirst().name() : given.substring(0, colon);
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(file)) {
                return new PutLanes.Position(i, record(given.substring(colon + 1)) - 1);
            }
        }
        throw new ParameterException(spec().commandLine(), "--resume-from names no file of the command: " + file);
    }

    private long record(String text) {
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new ParameterException(
                    spec().commandLine(), "--resume-from is [FILE:]NUMBER, counted from 1, not " + resumeFrom.get());
        }
        return Long.parseLong(text);
    }
}
