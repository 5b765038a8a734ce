package io.gramme.cli;

import io.gramme.cli.OptionTable.Trial;
import java.util.List;

/** The trials of commands for identities: they run in this order, and leave nothing. */
final class IdentityTrials {
    private static final String OPTIONS =
            " --port PORT --host localhost --access-key-id 123456789012 --region eu-north-1";
    private static final String POLICY = "arn:aws:iam::123456789012:policy/mine";
    private static final String ROLE = "arn:aws:iam::123456789012:role/night";
    private static final String READ = "AmazonDynamoDBReadOnlyAccess";

    private IdentityTrials() {}

    private static Trial done(String line, String says) {
        return new Trial(line + OPTIONS, 0, says);
    }

    static final List<Trial> ALL = List.of(
            done("policy create mine DIR/policy.json --description edge", "\"Arn\":\"" + POLICY + "\""),
            done("policy put " + POLICY + " DIR/policy.json", "\"VersionId\":\"v2\""),
            done("policy list", "\"PolicyName\":\"AdministratorAccess\""),
            done("policy show " + POLICY, "\"DefaultVersionId\":\"v2\""),
            done("policy show " + READ + " --version-id v1", "dynamodb:BatchGetItem"),
            done(
                    "user create anna --path /staff/ --boundary " + READ + " --tag team=blue --tag cost=7",
                    "\"Arn\":\"arn:aws:iam::123456789012:user/staff/anna\""),
            done("user list", "\"UserName\":\"anna\""),
            done("user attach anna " + READ, "{}"),
            done("user put anna inline DIR/policy.json", "{}"),
            done("user show anna", "\"PolicyName\":\"" + READ + "\""),
            new Trial(
                    "policy simulate anna dynamodb:PutItem arn:aws:dynamodb:eu-north-1:123456789012:table/Books"
                            + " --context dynamodb:LeadingKeys=anna" + OPTIONS,
                    1,
                    "\"EvalDecision\":\"implicitDeny\""),
            done(
                    "policy simulate arn:aws:iam::123456789012:user/staff/anna dynamodb:GetItem",
                    "\"SourcePolicyType\":\"user\""),
            new Trial("policy simulate none dynamodb:GetItem" + OPTIONS, 1, "NoSuchEntity: The user with name none"),
            new Trial("policy simulate anna dynamodb:GetItem --context x", 2, "--context~is~KEY=VALUE,~not~x"),
            new Trial("policy lint DIR/policy.json", 0, ""),
            new Trial("policy lint --kind trust DIR/trust.json", 0, ""),
            new Trial("policy lint DIR/trust.json", 1, "DIR/trust.json:~Policy~statement~must~contain~resources."),
            new Trial(
                    "policy lint --kind table DIR/policy.json", 2, "'table'~is~not~one~of~identity,~boundary,~session"),
            new Trial(
                    "policy lint DIR/broad.json",
                    1,
                    "Statement[0].Action:~error~SCAN_BESIDE_LEADING_KEYS:~Allows~Scan"),
            done("user revoke anna", "{}"),
            done("user remove anna inline", "{}"),
            done("user detach anna " + READ, "{}"),
            done("key create --user anna", "\"SecretAccessKey\":\""),
            done("key list --user anna", "\"AccessKeyId\":\"AKIAGRAM"),
            done("key reseal", "\"Resealed\":\"0\""),
            new Trial("key show AKIAGRAMAAAAAAAAAAAA" + OPTIONS, 1, "NoSuchEntity: The Access Key"),
            new Trial("key enable AKIAGRAMAAAAAAAAAAAA --user anna" + OPTIONS, 1, "NoSuchEntity: The Access Key"),
            new Trial("key disable AKIAGRAMAAAAAAAAAAAA --user anna" + OPTIONS, 1, "NoSuchEntity: The Access Key"),
            new Trial("key delete AKIAGRAMAAAAAAAAAAAA --user anna" + OPTIONS, 1, "NoSuchEntity: The Access Key"),
            new Trial("user delete anna" + OPTIONS, 1, "DeleteConflict: Cannot delete entity, must delete access keys"),
            done(
                    "role create night DIR/trust.json --path / --max-session 2h --boundary " + READ + " --tag a=b",
                    "\"MaxSessionDuration\":\"7200\""),
            done("role list", "\"RoleName\":\"night\""),
            done("role trust night DIR/trust.json", "{}"),
            done("role attach night " + POLICY, "{}"),
            done("role put night inline DIR/policy.json", "{}"),
            done("role show night", "\"PolicyArn\":\"" + POLICY + "\""),
            done(
                    "role assume " + ROLE + " --session s1 --duration 15m --policy-file DIR/policy.json --policy-arn "
                            + READ + " --tag team=blue --external-id x1",
                    "\"SessionToken\":\""),
            done("role revoke night", "{}"),
            done("role remove night inline", "{}"),
            done("role detach night " + POLICY, "{}"),
            done("role delete night", "{}"),
            new Trial("policy create other DIR/none" + OPTIONS, 1, "there is no file DIR/none"),
            new Trial(
                    "policy delete " + POLICY + OPTIONS, 1, "DeleteConflict: This policy has more than one version."));
}
