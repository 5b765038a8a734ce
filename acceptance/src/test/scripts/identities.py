"""Users, roles, policies and sessions with boto3, against the endpoint at AWS_ENDPOINT_URL."""

import json
import os

import boto3

endpoint = os.environ["AWS_ENDPOINT_URL"]
iam = boto3.client("iam", endpoint_url=endpoint)
sts = boto3.client("sts", endpoint_url=endpoint)
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}]}
text = json.dumps(policy)
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "111111111111"}}],
}


def refused(error, message, call, **members):
    try:
        call(**members)
    except error as refusal:
        assert refusal.response["Error"]["Message"] == message, refusal
        return
    raise AssertionError(f"{members} should be refused")


who = sts.get_caller_identity()
assert (who["Account"], who["Arn"]) == ("111111111111", "arn:aws:iam::111111111111:root"), who

anna = iam.create_user(UserName="anna", Path="/staff/", Tags=[{"Key": "team", "Value": "blue"}])["User"]
assert anna["Arn"] == "arn:aws:iam::111111111111:user/staff/anna", anna
refused(
    iam.exceptions.EntityAlreadyExistsException, "User with name Anna already exists.", iam.create_user, UserName="Anna"
)
refused(
    iam.exceptions.NoSuchEntityException,
    "The user with name berta cannot be found.",
    iam.get_user,
    UserName="berta",
)
iam.create_group(GroupName="readers")
iam.add_user_to_group(GroupName="readers", UserName="anna")
assert [user["UserName"] for user in iam.get_group(GroupName="readers")["Users"]] == ["anna"]

arn = iam.create_policy(PolicyName="tables", PolicyDocument=text)["Policy"]["Arn"]
iam.attach_user_policy(UserName="anna", PolicyArn=arn)
iam.put_user_policy(UserName="anna", PolicyName="own", PolicyDocument=text)
assert iam.get_user_policy(UserName="anna", PolicyName="own")["PolicyDocument"] == policy
second = iam.create_policy_version(PolicyArn=arn, PolicyDocument=text, SetAsDefault=True)["PolicyVersion"]
assert (second["VersionId"], second["IsDefaultVersion"]) == ("v2", True), second
assert iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"] == policy
names = [
    one["PolicyName"]
    for page in iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 2})
    for one in page["Policies"]
]
assert names[0] == "tables" and "AmazonDynamoDBReadOnlyAccess" in names and len(names) == 5, names

key = iam.create_access_key(UserName="anna")["AccessKey"]
assert key["AccessKeyId"].startswith("AKIAGRAM") and len(key["SecretAccessKey"]) == 40
assert iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]["ServiceName"] == "N/A"
refused(
    iam.exceptions.DeleteConflictException,
    "Cannot delete entity, must remove users from group first.",
    iam.delete_user,
    UserName="anna",
)

role = iam.create_role(RoleName="night", AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=7200)["Role"]
assert iam.get_role(RoleName="night")["Role"]["AssumeRolePolicyDocument"] == trust
session = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="one", Policy=text, DurationSeconds=900)
assert session["Credentials"]["AccessKeyId"].startswith("ASIAGRAM")
assert session["AssumedRoleUser"]["Arn"] == "arn:aws:sts::111111111111:assumed-role/night/one"
assert sts.get_session_token()["Credentials"]["SessionToken"]
refused(
    sts.exceptions.ClientError,
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    sts.assume_role,
    RoleArn=role["Arn"],
    RoleSessionName="one",
    DurationSeconds=7201,
)
details = iam.get_account_authorization_details()
assert [one["UserName"] for one in details["UserDetailList"]] == ["anna"], details
assert iam.get_account_summary()["SummaryMap"]["Roles"] == 1

# What a policy would decide.
simulated = iam.simulate_principal_policy(
    PolicySourceArn=anna["Arn"],
    ActionNames=["dynamodb:GetItem", "iam:GetUser"],
    ResourceArns=["arn:aws:dynamodb:eu-west-1:111111111111:table/Books"],
)["EvaluationResults"]
assert [one["EvalDecision"] for one in simulated] == ["allowed", "implicitDeny"], simulated
statements = simulated[0]["MatchedStatements"]
assert [one["SourcePolicyId"] for one in statements] == ["own", "tables"], statements
assert statements[0]["StartPosition"] == {"Line": 1, "Column": text.index("[") + 2}, statements
print("done")
