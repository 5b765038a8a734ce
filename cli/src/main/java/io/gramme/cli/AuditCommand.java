package io.gramme.cli;

import io.gramme.security.audit.AuditVerification;
import io.gramme.security.audit.AuditVerification.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme audit}: works on the files of an audit log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Check the audit log of a server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs when no subcommand is named, and refuses that. */
    @Override
    public void run() {
        throw Gramme.noCommand(spec);
    }

    /** {@code gramme audit verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Find the first line of an audit log that was changed, moved, or before which lines are missing.",
                "Lines that were removed from the very end show only in the last hash: compare it with one kept"
                        + " elsewhere."
            })
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of one audit log, in any order.")
        private List<Path> files = List.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            try {
                return switch (AuditVerification.of(files)) {
                    case Result.Broken broken -> complain(broken);
                    case Result.Whole whole -> confirm(whole);
                };
            } catch (IOException e) {
                spec.commandLine().getErr().println("gramme: " + Failures.text(e));
                return CommandLine.ExitCode.SOFTWARE;
            }
        }

        private int complain(Result.Broken broken) {
            spec.commandLine()
                    .getErr()
                    .println("gramme: " + broken.file() + " is broken at line " + broken.line() + ": "
                            + broken.reason());
            return CommandLine.ExitCode.SOFTWARE;
        }

        private int confirm(Result.Whole whole) {
            String missing = whole.isFromBeginning() ? "" : "; files before the first one given are missing";
            PrintWriter out = spec.commandLine().getOut();
            out.println(whole.lines() + " lines are whole" + missing + ". Last hash: " + whole.last());
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }
}
