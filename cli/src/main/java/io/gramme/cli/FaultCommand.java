package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.DeleteFaultRulesInput;
import io.gramme.api.FaultRuleDescription;
import io.gramme.api.ListFaultRulesInput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;

/** {@code gramme fault}: makes chosen requests to a running server fail, to test clients. */
@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description = {
            "Make chosen requests fail, wait, or be throttled, to test clients.",
            "The server must have been started by 'gramme serve --fault-rules'. Rules are in its memory."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FaultCommand.Add.class, FaultCommand.ListAll.class, FaultCommand.Remove.class})
final class FaultCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    private static String json(FaultRuleDescription rule) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            FaultRuleDescription.SHAPE.write(generator, rule);
        }
        return bytes.toString(UTF_8);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Put a rule into force. Without options it concerns all requests of the account and region.")
    static final class Add extends CallingCommand {
        @Mixin
        private FaultOptions options = new FaultOptions();

        @Override
        String resource() {
            return options.table();
        }

        @Override
        int run() throws IOException, InterruptedException {
            FaultRuleDescription rule =
                    call(Operations.PUT_FAULT_RULE, options.rule()).rule().orElseThrow(CallingCommand::unknownForm);
            out().println(json(rule));
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "List the rules of an account and region, the oldest first, and how often each had its effect.",
                "Print a table on a terminal, and one line of JSON for each rule elsewhere."
            })
    static final class ListAll extends CallingCommand {
        private static final List<String> HEADER =
                List.of("ID", "EFFECT", "OPERATIONS", "TABLE", "INDEX", "MATCHES", "INDUCED");

        @Override
        String resource() {
            return "";
        }

        @Override
        int run() throws IOException, InterruptedException {
            List<FaultRuleDescription> rules = call(Operations.LIST_FAULT_RULES, new ListFaultRulesInput())
                    .rules()
                    .orElse(List.of());
            if (JobScreen.isTerminal()) {
                table(rules).forEach(out()::println);
            } else {
                rules.forEach(rule -> out().println(json(rule)));
            }
            return CommandLine.ExitCode.OK;
        }

        static List<String> table(List<FaultRuleDescription> rules) {
            if (rules.isEmpty()) {
                return List.of("No fault rules");
            }
            var rows = new ArrayList<List<String>>();
            rows.add(HEADER);
            for (FaultRuleDescription rule : rules) {
                rows.add(List.of(
                        rule.ruleId().orElse(""),
                        rule.effect().map(Object::toString).orElse(""),
                        rule.operations().map(names -> String.join(",", names)).orElse("*"),
                        rule.tableName().orElse("*"),
                        rule.indexName().orElse(""),
                        rule.matches().map(String::valueOf).orElse(""),
                        rule.inducedFaults().map(String::valueOf).orElse("")));
            }
            return TextTable.lines(rows, Set.of("MATCHES", "INDUCED"));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove rules of an account and region.")
    static final class Remove extends CallingCommand {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "Id of a rule, which add and list print.")
        private @Nullable List<String> ids;

        @Option(names = "--all", description = "Remove all rules.")
        private boolean all;

        @Override
        String resource() {
            return "";
        }

        @Override
        int run() throws IOException, InterruptedException {
            if (all == (ids != null)) {
                throw new ParameterException(spec().commandLine(), "name the rules to remove, or give --all");
            }
            var request = DeleteFaultRulesInput.builder()
                    .ruleIds(Optional.ofNullable(ids))
                    .build();
            long removed =
                    call(Operations.DELETE_FAULT_RULES, request).deleted().orElse(0L);
            out().println("Removed " + removed + (removed == 1 ? " rule" : " rules"));
            return CommandLine.ExitCode.OK;
        }
    }
}
