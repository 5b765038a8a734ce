package io.gramme.transfer.format;

import io.gramme.core.item.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** InputFormat and its options. */
public sealed interface InputFormat {
    /**
     * One {@code {"Item":{...}}} a line. Blank lines are skipped and are no records. A line that is no JSON makes the
     * rest of its object unreadable.
     */
    record DynamoDbJson() implements InputFormat {}

    /**
     * Ion, text or binary: values {@code {Item:{...}}}, or lists of such values. A number is an Ion int or decimal, a
     * set a list annotated with {@code $dynamodb_SS}, {@code $dynamodb_NS} or {@code $dynamodb_BS}.
     */
    record Ion() implements InputFormat {}

    /**
     * RFC 4180 in UTF-8. Record 0 is the first line after the header. Blank lines are skipped and are no records, an
     * empty cell is no attribute, and a line with another number of cells than the header is an invalid record.
     *
     * @param delimiter one of {@code , ; : |}, tab and space
     * @param header the names of the columns; if absent, the first line of each object has them
     * @param keyTypes S, N or B of each attribute that is in a key of the table or of an index; any other attribute is
     *     an S
     */
    record Csv(char delimiter, Optional<List<String>> header, Map<String, Value.Type> keyTypes) implements InputFormat {
        private static final String DELIMITERS = ",;:|\t ";

        public Csv {
            if (DELIMITERS.indexOf(delimiter) < 0) {
                throw new IllegalArgumentException("no delimiter: " + (int) delimiter);
            }
            header = header.map(List::copyOf);
            keyTypes = Map.copyOf(keyTypes);
        }
    }
}
