package io.gramme.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What a command line did, in this process.
 *
 * @param status the exit code
 */
record CommandRun(int status, String out, String err) {
    private static final long PATIENCE_MILLIS = 60_000;

    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = commandLine(out, err).execute(arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    private static CommandLine commandLine(StringWriter out, StringWriter err) {
        return Gramme.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    /** Of a server, which is stopped as soon as it says where its tables are; or which ends by itself before. */
    static CommandRun ofServer(List<String> options) throws InterruptedException {
        var out = new StringWriter();
        var err = new StringWriter();
        var status = new int[1];
        var arguments = Stream.concat(Stream.of("serve"), options.stream()).toArray(String[]::new);
        Thread server = Thread.ofPlatform()
                .start(() -> status[0] = commandLine(out, err).execute(arguments));
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (server.isAlive() && System.currentTimeMillis() < end) {
            if (out.toString().contains("  tables ")) {
                server.interrupt();
                server.join(PATIENCE_MILLIS);
            }
            Thread.sleep(10);
        }
        return new CommandRun(status[0], out.toString(), err.toString());
    }

    /** Every command of the command line by its whole name, hidden ones as well. */
    static Map<String, CommandLine> commands() {
        var commands = new TreeMap<String, CommandLine>();
        collect(Gramme.commandLine(), commands);
        return commands;
    }

    private static void collect(CommandLine command, Map<String, CommandLine> into) {
        into.put(command.getCommandSpec().qualifiedName(), command);
        command.getSubcommands().values().forEach(sub -> collect(sub, into));
    }
}
