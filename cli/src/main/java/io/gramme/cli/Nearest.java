package io.gramme.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Suggestions for mistyped names: the known name with the fewest letters to change. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The suggestion to append to the refusal of an unknown argument; empty if no name is near. */
    static String hint(CommandLine command, String argument) {
        boolean option = argument.startsWith("-");
        String name = option ? beforeValue(argument) : argument;
        if (option && command.getSubcommands().isEmpty()) {
            return of(name, optionsOf(command)).map(Nearest::question).orElse("");
        }
        if (!option) {
            return of(name, commandsOf(command)).map(Nearest::question).orElse("");
        }
        return command.getSubcommands().values().stream()
                .filter(sub -> optionsOf(sub).contains(name))
                .findFirst()
                .map(sub -> ". It is an option of '" + sub.getCommandSpec().qualifiedName() + "'")
                .orElseGet(() ->
                        of(name, optionsOf(command)).map(Nearest::question).orElse(""));
    }

    private static String question(String name) {
        return ". Did you mean '" + name + "'?";
    }

    static String beforeValue(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }

    static List<String> commandsOf(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(sub -> !sub.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> optionsOf(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return spec.options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::names)
                .flatMap(Stream::of)
                .toList();
    }

    /** The nearest of these names; empty if more than a third of it would have to change. */
    static Optional<String> of(String typed, List<String> names) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = typed.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> name.length() > 2)
                .min(Comparator.comparingInt(name -> distance(wanted, name)))
                .filter(name -> isNear(wanted, name));
    }

    private static boolean isNear(String typed, String name) {
        String word = name.replaceFirst("^--", "");
        boolean begun = word.length() > 2 && typed.length() > 3 && name.startsWith(typed);
        return begun || distance(typed, name) <= Math.max(2, word.length() / 3);
    }

    /** The edit distance: how many letters to insert, delete or replace. */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
