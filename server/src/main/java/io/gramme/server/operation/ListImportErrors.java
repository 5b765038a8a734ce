package io.gramme.server.operation;

import io.gramme.api.ImportErrorDescription;
import io.gramme.api.ListImportErrorsInput;
import io.gramme.api.ListImportErrorsOutput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ImportErrors;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Gramme extension: lists the items that an import did not import, with the reasons, in the order of the keys of their
 * objects and of their places in them. The service writes them to a log of CloudWatch.
 */
public final class ListImportErrors implements Handler<ListImportErrorsInput, ListImportErrorsOutput> {
    private static final int MOST = 1_000;

    private final Imports imports;

    public ListImportErrors(Imports imports) {
        this.imports = imports;
    }

    @Override
    public ListImportErrorsOutput handle(ListImportErrorsInput request, RequestContext context) {
        Import found = ImportDescriptions.find(imports, request.importArn(), context.accountRegion());
        Optional<Bytes> after = request.nextToken().map(ListImportErrors::parse);
        Imports.ErrorPage page =
                imports.errors(found, after, request.maxResults().orElse(MOST));
        List<ImportErrorDescription> shown = page.errors().stream()
                .map(error -> new ImportErrorDescription(
                        Optional.of(error.message()), Optional.of(error.index()), Optional.of(error.object())))
                .toList();
        return ListImportErrorsOutput.builder()
                .errors(shown)
                .nextToken(page.last()
                        .map(last -> Base64.getUrlEncoder().withoutPadding().encodeToString(last.toArray())))
                .build();
    }

    private static Bytes parse(String token) {
        try {
            Bytes last = Bytes.wrap(Base64.getUrlDecoder().decode(token));
            if (Imports.isPlace(last)) {
                return last;
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the error.
        }
        throw ImportErrors.badErrorToken();
    }
}
