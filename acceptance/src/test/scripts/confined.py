"""From an empty server to confined users and sessions with boto3, against the endpoint at AWS_ENDPOINT_URL, which
enforces. It begins with the key of the root."""

import datetime
import json

import boto3
from botocore.exceptions import ClientError

ACCOUNT = "000000000000"
TABLE = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/Orders"


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions, resource, **more):
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def refused(code, message, call, **members):
    try:
        call(**members)
    except ClientError as refusal:
        error = refusal.response["Error"]
        # A signature that does not match is answered with what it should have been of.
        said = error["Message"].partition("\n")[0]
        assert (error["Code"], said) == (code, message), refusal
        assert refusal.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403), refusal
        return
    raise AssertionError(f"{members} should be refused")


def denied(who, action, resource, call, **members):
    message = (
        f"User: {who} is not authorized to perform: {action} on resource: {resource}"
        f" because no identity-based policy allows the {action} action"
    )
    refused("AccessDeniedException", message, call, **members)


def item(client, owner):
    return client.get_item(TableName="Orders", Key={"owner": {"S": owner}}).get("Item")


def key_of(user):
    key = iam.create_access_key(UserName=user)["AccessKey"]
    return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}


root = boto3.client("dynamodb")
iam = boto3.client("iam")
root.create_table(
    TableName="Orders",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "owner", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}],
)
for owner in ("berta", "carl"):
    root.put_item(TableName="Orders", Item={"owner": {"S": owner}})

# A user who may work with the items of its own name.
berta = iam.create_user(UserName="berta")["User"]["Arn"]
own = allow(
    ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:BatchGetItem", "dynamodb:Scan"],
    TABLE,
    Condition={
        "ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]},
        "Null": {"dynamodb:LeadingKeys": "false"},
    },
)
night = f"arn:aws:iam::{ACCOUNT}:role/night"
iam.put_user_policy(
    UserName="berta", PolicyName="own", PolicyDocument=document(own, allow("sts:AssumeRole", night))
)
key = key_of("berta")
client = boto3.client("dynamodb", **key)
client.put_item(TableName="Orders", Item={"owner": {"S": "berta"}, "n": {"N": "1"}})
assert item(client, "berta")["n"] == {"N": "1"}
carls = {"TableName": "Orders", "Key": {"owner": {"S": "carl"}}}
denied(berta, "dynamodb:GetItem", TABLE, client.get_item, **carls)
denied(berta, "dynamodb:DeleteItem", TABLE, client.delete_item, TableName="Orders", Key={"owner": {"S": "berta"}})
denied(berta, "dynamodb:Scan", TABLE, client.scan, TableName="Orders")
both = {"Orders": {"Keys": [{"owner": {"S": "berta"}}, {"owner": {"S": "carl"}}]}}
denied(berta, "dynamodb:BatchGetItem", TABLE, client.batch_get_item, RequestItems=both)
denied(berta, "dynamodb:ListTables", "*", client.list_tables)
# Who may do nothing with a table does not learn that there is none.
denied(
    berta, "dynamodb:DescribeTable", TABLE.replace("Orders", "None"), client.describe_table, TableName="None"
)
refused(
    "AccessDenied",
    f"User: {berta} is not authorized to perform: iam:CreateAccessKey on resource: {berta}"
    " because no identity-based policy allows the iam:CreateAccessKey action",
    boto3.client("iam", **key).create_access_key,
    UserName="berta",
)

# Signatures.
wrong = boto3.client("dynamodb", **{**key, "aws_secret_access_key": "another"})
refused(
    "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key"
    " and signing method. Consult the service documentation for details.",
    wrong.get_item,
    **carls,
)
unknown = boto3.client("dynamodb", aws_access_key_id="AKIAGRAMAAAAAAAAAAAA", aws_secret_access_key="another")
refused("UnrecognizedClientException", "The security token included in the request is invalid.", unknown.get_item, **carls)

# A role that the user assumes, to read all items for a quarter of an hour.
trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}
iam.create_role(RoleName="night", AssumeRolePolicyDocument=document(trust))
iam.put_role_policy(RoleName="night", PolicyName="read", PolicyDocument=document(allow("dynamodb:GetItem", TABLE)))
sts = boto3.client("sts", **key)
given = sts.assume_role(RoleArn=night, RoleSessionName="one", DurationSeconds=900)["Credentials"]
left = given["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
assert datetime.timedelta(minutes=14) < left <= datetime.timedelta(minutes=15), given
session = {
    "aws_access_key_id": given["AccessKeyId"],
    "aws_secret_access_key": given["SecretAccessKey"],
    "aws_session_token": given["SessionToken"],
}
reader = boto3.client("dynamodb", **session)
assert item(reader, "carl") == {"owner": {"S": "carl"}}
actor = f"arn:aws:sts::{ACCOUNT}:assumed-role/night/one"
denied(actor, "dynamodb:PutItem", TABLE, reader.put_item, TableName="Orders", Item={"owner": {"S": "carl"}})
other = sts.assume_role(RoleArn=night, RoleSessionName="two", DurationSeconds=900)["Credentials"]
mixed = boto3.client("dynamodb", **{**session, "aws_session_token": other["SessionToken"]})
refused("UnrecognizedClientException", "The security token included in the request is invalid", mixed.get_item, **carls)
refused(
    "AccessDenied",
    f"User: {berta} is not authorized to perform: sts:AssumeRole on resource: {night}x",
    sts.assume_role,
    RoleArn=night + "x",
    RoleSessionName="one",
)

# A policy of the table, for a user without any policy.
carl = iam.create_user(UserName="carl")["User"]["Arn"]
guest = boto3.client("dynamodb", **key_of("carl"))
denied(carl, "dynamodb:GetItem", TABLE, guest.get_item, **carls)
text = document(allow("dynamodb:GetItem", TABLE, Principal={"AWS": carl}))
revision = root.put_resource_policy(ResourceArn=TABLE, Policy=text)["RevisionId"]
assert item(guest, "carl") == {"owner": {"S": "carl"}}
found = root.get_resource_policy(ResourceArn=TABLE)
assert (json.loads(found["Policy"]), found["RevisionId"]) == (json.loads(text), revision), found
denied(carl, "dynamodb:DeleteResourcePolicy", TABLE, guest.delete_resource_policy, ResourceArn=TABLE)
root.delete_resource_policy(ResourceArn=TABLE)
refused(
    "PolicyNotFoundException",
    f"Resource-based policy not found for the provided ResourceArn: {TABLE}",
    root.get_resource_policy,
    ResourceArn=TABLE,
)
denied(carl, "dynamodb:GetItem", TABLE, guest.get_item, **carls)
print("done")
