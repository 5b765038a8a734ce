package io.gramme.server.operation;

import io.gramme.api.DescribeImportInput;
import io.gramme.api.DescribeImportOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.ImportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DescribeImport: shows an import, for 90 days after its end. */
public final class DescribeImport implements Handler<DescribeImportInput, DescribeImportOutput> {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)/import/([^/]+)");

    private final Imports imports;

    public DescribeImport(Imports imports) {
        this.imports = imports;
    }

    @Override
    public DescribeImportOutput handle(DescribeImportInput request, RequestContext context) {
        String arn = request.importArn();
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw ImportErrors.badImportArn();
        }
        if (!parts.group(2).equals(context.accountRegion().account())) {
            throw BackupErrors.accessDenied();
        }
        Import found = ResourceId.parse(parts.group(4))
                .filter(_ -> parts.group(1).equals(context.accountRegion().region()))
                .flatMap(id -> imports.find(context.accountRegion(), id))
                .filter(one -> one.table().name().equals(parts.group(3)))
                .orElseThrow(() -> ImportErrors.importNotFound(arn));
        return new DescribeImportOutput(ImportDescriptions.of(found, imports.totals(found)));
    }
}
