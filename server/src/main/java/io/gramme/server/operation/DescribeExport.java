package io.gramme.server.operation;

import io.gramme.api.DescribeExportInput;
import io.gramme.api.DescribeExportOutput;
import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.ExportErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.Exports;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DescribeExport: shows an export, for 90 days after its end. */
public final class DescribeExport implements Handler<DescribeExportInput, DescribeExportOutput> {
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:([^:/]+):([^:/]+):table/([^/]+)/export/([^/]+)");

    private final Exports exports;

    public DescribeExport(Exports exports) {
        this.exports = exports;
    }

    @Override
    public DescribeExportOutput handle(DescribeExportInput request, RequestContext context) {
        String arn = request.exportArn();
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw ExportErrors.badExportArn();
        }
        if (!parts.group(2).equals(context.accountRegion().account())) {
            throw BackupErrors.accessDenied();
        }
        if (!parts.group(1).equals(context.accountRegion().region())) {
            throw ExportErrors.exportOfOtherRegion();
        }
        Export export = ResourceId.parse(parts.group(4))
                .flatMap(id -> exports.find(context.accountRegion(), id))
                .filter(found -> found.source().name().equals(parts.group(3)))
                .orElseThrow(() -> ExportErrors.exportNotFound(arn));
        return new DescribeExportOutput(Optional.of(ExportDescriptions.of(export)));
    }
}
