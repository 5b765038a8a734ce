package io.gramme.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code gramme policy simulate}: asks a server what the policies of an identity decide. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tell whether an identity may do something, which statements decide it, and which condition keys"
                + " they miss. Nothing is done. The exit code is 0 if it is allowed, and 1 otherwise.")
final class PolicySimulateCommand extends IdentityCommand {
    private static final Pattern ARN = Pattern.compile("\"Arn\":\"([^\"]+)\"");
    private static final Pattern DECISION = Pattern.compile("\"EvalDecision\":\"(\\w+)\"");

    @Parameters(paramLabel = "WHO", index = "0", description = "Name of a user, or ARN of a user, group or role.")
    private String who = "";

    @Parameters(paramLabel = "ACTION", index = "1", description = "Action, such as dynamodb:GetItem.")
    private String action = "";

    @Parameters(
            paramLabel = "RESOURCE",
            index = "2",
            arity = "0..*",
            description = "ARN of what it is done to; may be repeated. Default: *.")
    private List<String> resources = new ArrayList<>();

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description = "Value of a condition key: dynamodb:LeadingKeys=alice. May be repeated, also for one key. The"
                    + " server adds what it knows of the identity, such as aws:username.")
    private List<String> context = new ArrayList<>();

    @Override
    int run() throws IOException, InterruptedException {
        Map<String, List<String>> values = values();
        IdentityRequest request = IdentityRequest.iam("SimulatePrincipalPolicy")
                .with("PolicySourceArn", arn())
                .with("ActionNames.member.1", action);
        for (int i = 0; i < resources.size(); i++) {
            request.with("ResourceArns.member." + (i + 1), resources.get(i));
        }
        int number = 1;
        for (var entry : values.entrySet()) {
            String member = "ContextEntries.member." + number++ + ".";
            request.with(member + "ContextKeyName", entry.getKey());
            request.with(member + "ContextKeyType", "stringList");
            for (int i = 0; i < entry.getValue().size(); i++) {
                request.with(
                        member + "ContextKeyValues.member." + (i + 1),
                        entry.getValue().get(i));
            }
        }
        String answer = ask(request);
        print(answer);
        if (DECISION.matcher(answer).results().allMatch(found -> found.group(1).equals("allowed"))) {
            return CommandLine.ExitCode.OK;
        }
        spec().commandLine().getErr().println("gramme: not allowed");
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    List<IdentityRequest> requests() {
        return List.of();
    }

    private String arn() throws IOException, InterruptedException {
        if (who.indexOf(':') >= 0) {
            return who;
        }
        Matcher found = ARN.matcher(ask(IdentityRequest.iam("GetUser").with("UserName", who)));
        if (!found.find()) {
            throw CallingCommand.unknownForm();
        }
        return found.group(1);
    }

    private Map<String, List<String>> values() {
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : context) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec().commandLine(), "--context is KEY=VALUE, not " + pair);
            }
            values.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
                    .add(pair.substring(equals + 1));
        }
        return values;
    }
}
