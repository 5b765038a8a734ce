package io.gramme.server.operation;

import io.gramme.api.CreateGlobalTableInput;
import io.gramme.api.CreateGlobalTableOutput;
import io.gramme.api.DescribeGlobalTableInput;
import io.gramme.api.DescribeGlobalTableOutput;
import io.gramme.api.DescribeGlobalTableSettingsInput;
import io.gramme.api.DescribeGlobalTableSettingsOutput;
import io.gramme.api.ListGlobalTablesInput;
import io.gramme.api.ListGlobalTablesOutput;
import io.gramme.api.UpdateGlobalTableInput;
import io.gramme.api.UpdateGlobalTableOutput;
import io.gramme.api.UpdateGlobalTableSettingsInput;
import io.gramme.api.UpdateGlobalTableSettingsOutput;
import io.gramme.core.error.GlobalTableErrors;
import java.util.List;

/**
 * The operations on global tables of version 2017.11.29. The service answers as if there were none, and makes none
 * (measured); they know nothing of global tables of the version after it.
 */
public final class FirstGlobalTables {
    private FirstGlobalTables() {}

    public static CreateGlobalTableOutput create(CreateGlobalTableInput request, RequestContext context) {
        throw GlobalTableErrors.firstVersion();
    }

    public static UpdateGlobalTableOutput update(UpdateGlobalTableInput request, RequestContext context) {
        throw GlobalTableErrors.notFound(request.globalTableName());
    }

    public static DescribeGlobalTableOutput describe(DescribeGlobalTableInput request, RequestContext context) {
        throw GlobalTableErrors.notFound(request.globalTableName());
    }

    public static ListGlobalTablesOutput list(ListGlobalTablesInput request, RequestContext context) {
        return ListGlobalTablesOutput.builder().globalTables(List.of()).build();
    }

    public static DescribeGlobalTableSettingsOutput describeSettings(
            DescribeGlobalTableSettingsInput request, RequestContext context) {
        throw GlobalTableErrors.notFound(request.globalTableName());
    }

    public static UpdateGlobalTableSettingsOutput updateSettings(
            UpdateGlobalTableSettingsInput request, RequestContext context) {
        throw GlobalTableErrors.notFound(request.globalTableName());
    }
}
