package io.gramme.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A table for a terminal: columns as wide as their widest cell, two spaces apart. */
final class TextTable {
    private TextTable() {}

    /**
     * @param rows the first of which is the header; all have the same number of cells
     * @param numbers the headers of columns that are aligned to the right
     */
    static List<String> lines(List<List<String>> rows, Set<String> numbers) {
        List<String> header = rows.getFirst();
        int[] widths = new int[header.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                boolean number = numbers.contains(header.get(i));
                line.append(i == 0 ? "" : "  ").append(number ? padding + row.get(i) : row.get(i) + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
