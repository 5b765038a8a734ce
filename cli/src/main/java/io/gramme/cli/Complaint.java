package io.gramme.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an invalid command line: one line names the error, another the help that explains the options. */
final class Complaint implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("gramme: " + text(e, command));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String text(ParameterException e, CommandLine command) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(e.getMessage());
        }
        List<String> unknown = unmatched.getUnmatched();
        String first = unknown.getFirst();
        return unknown(first, command) + Nearest.hint(command, first);
    }

    private static String unknown(String argument, CommandLine command) {
        if (argument.startsWith("-")) {
            return "unknown option '" + Nearest.beforeValue(argument) + "'";
        }
        return command.getSubcommands().isEmpty()
                ? "unexpected argument '" + argument + "'"
                : "unknown command '" + argument + "'";
    }
}
