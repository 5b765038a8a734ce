package io.gramme.server.operation;

import io.gramme.api.DescribeImportInput;
import io.gramme.api.DescribeImportOutput;
import io.gramme.recovery.load.Import;
import io.gramme.recovery.load.Imports;

/** DescribeImport: shows an import, for 90 days after its end. */
public final class DescribeImport implements Handler<DescribeImportInput, DescribeImportOutput> {
    private final Imports imports;

    public DescribeImport(Imports imports) {
        this.imports = imports;
    }

    @Override
    public DescribeImportOutput handle(DescribeImportInput request, RequestContext context) {
        Import found = ImportDescriptions.find(imports, request.importArn(), context.accountRegion());
        return new DescribeImportOutput(ImportDescriptions.of(found, imports.totals(found)));
    }
}
