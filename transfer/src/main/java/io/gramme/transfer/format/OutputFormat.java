package io.gramme.transfer.format;

/** ExportFormat. */
public enum OutputFormat {
    DYNAMODB_JSON(".json.gz"),
    ION(".ion.gz");

    private final String suffix;

    OutputFormat(String suffix) {
        this.suffix = suffix;
    }

    /** The end of the name of a data file. */
    public String suffix() {
        return suffix;
    }
}
