package io.gramme.scaling;

import java.util.BitSet;
import java.util.List;

/**
 * One field of a cron expression whose values are numbers, some of them with names: {@code *}, {@code 5}, {@code 1-5},
 * {@code MON-FRI}, {@code 0/15}, {@code 1-10/3}, and lists of these.
 *
 * @param names of {@code least} and the values after it, in capitals; may be empty
 */
record CronField(int least, int most, List<String> names) {
    static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final int MAX_DIGITS = 4;

    /** @throws IllegalArgumentException if the text is not such a field */
    BitSet parse(String text) {
        var values = new BitSet(most + 1);
        for (String part : text.split(",", -1)) {
            add(values, part);
        }
        return values;
    }

    private void add(BitSet values, String part) {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : number(part.substring(slash + 1));
        if (step < 1) {
            throw new IllegalArgumentException(part);
        }
        int dash = range.indexOf('-');
        if (range.equals("*")) {
            add(values, least, most, step);
        } else if (dash >= 0) {
            add(values, value(range.substring(0, dash)), value(range.substring(dash + 1)), step);
        } else {
            int from = value(range);
            add(values, from, slash < 0 ? from : most, step);
        }
    }

    private static void add(BitSet values, int from, int to, int step) {
        if (from > to) {
            throw new IllegalArgumentException("range ends before it begins");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    /** @throws IllegalArgumentException if it is neither a number of this field nor a name */
    int value(String text) {
        int named = names.indexOf(text);
        int value = named >= 0 ? least + named : number(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!digits) {
            throw new IllegalArgumentException(text);
        }
        return Integer.parseInt(text);
    }
}
