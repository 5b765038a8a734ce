package io.gramme.server.operation;

import io.gramme.api.ListImportsInput;
import io.gramme.api.ListImportsOutput;
import io.gramme.core.error.ImportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import io.gramme.tables.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** ListImports: the imports of an account and region, the newest first, whether their tables still exist or not. */
public final class ListImports implements Handler<ListImportsInput, ListImportsOutput> {
    private static final int MOST = 25;

    /** The least number of hexadecimal digits that the model allows for a token. */
    private static final int LEAST_TOKEN = 112;

    private final Imports imports;

    public ListImports(Imports imports) {
        this.imports = imports;
    }

    @Override
    public ListImportsOutput handle(ListImportsInput request, RequestContext context) {
        Optional<ResourceId> after = request.nextToken().map(ListImports::parse);
        Optional<String> table = request.tableArn()
                .map(given -> TableName.parse(context.accountRegion(), given).name());
        List<Import> found = imports.of(context.accountRegion()).stream()
                .filter(one -> table.isEmpty() || one.table().name().equals(table.get()))
                .filter(one -> after.isEmpty() || one.id().compareTo(after.get()) < 0)
                .toList();
        List<Import> page = found.subList(0, Math.min(request.pageSize().orElse(MOST), found.size()));
        return ListImportsOutput.builder()
                .importSummaryList(
                        page.stream().map(ImportDescriptions::summary).toList())
                .nextToken(
                        page.size() < found.size()
                                ? Optional.of(token(page.getLast().id()))
                                : Optional.empty())
                .build();
    }

    /** The id in hexadecimal digits, with zeros behind it: their number is a multiple of 16. */
    private static String token(ResourceId id) {
        String digits = HexFormat.of().formatHex(id.text().getBytes(StandardCharsets.UTF_8));
        return digits + "0".repeat(LEAST_TOKEN - digits.length());
    }

    private static ResourceId parse(String token) {
        if (token.length() == LEAST_TOKEN && token.chars().allMatch(HexFormat::isHexDigit)) {
            byte[] text = HexFormat.of().parseHex(token);
            Optional<ResourceId> id = ResourceId.parse(new String(text, StandardCharsets.UTF_8).replace("\0", ""));
            if (id.isPresent()) {
                return id.get();
            }
        }
        throw ImportErrors.badToken(token);
    }
}
