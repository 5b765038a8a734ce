package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.ImportErrorDescription;
import io.gramme.api.ListImportErrorsInput;
import io.gramme.api.ListImportErrorsOutput;
import io.gramme.api.Operations;
import io.gramme.api.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** {@code gramme import-errors}: what an import of a running server left out, and why. */
@Command(
        name = "import-errors",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the records that an import by ImportTable did not import, and why.",
            "On a terminal, a line has the object, the number of the record in it from 0, and the reason; elsewhere it"
                    + " is JSON."
        })
final class ImportErrorsCommand extends CallingCommand {
    @Parameters(paramLabel = "ARN", description = "ARN of the import, which ImportTable and ListImports answer.")
    private String arn = "";

    @Override
    String resource() {
        return arn;
    }

    @Override
    int run() throws IOException, InterruptedException {
        boolean terminal = JobScreen.isTerminal();
        Optional<String> token = Optional.empty();
        do {
            ListImportErrorsOutput page = call(
                    Operations.LIST_IMPORT_ERRORS,
                    ListImportErrorsInput.builder()
                            .importArn(arn)
                            .nextToken(token)
                            .build());
            page.errors().orElse(List.of()).forEach(error -> out().println(terminal ? line(error) : json(error)));
            token = page.nextToken();
        } while (token.isPresent());
        return CommandLine.ExitCode.OK;
    }

    private static String line(ImportErrorDescription error) {
        return error.s3Key().orElse("") + ", record " + error.itemIndex().orElse(0L) + ": "
                + error.errorMessage().orElse("");
    }

    private static String json(ImportErrorDescription error) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = Json.generator(bytes)) {
            ImportErrorDescription.SHAPE.write(generator, error);
        }
        return bytes.toString(UTF_8);
    }
}
