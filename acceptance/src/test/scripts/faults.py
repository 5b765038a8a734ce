"""boto3 retries through faults that a fault rule induces, at the Gramme of AWS_ENDPOINT_URL."""

import json
import os
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
ACCOUNT = os.environ["AWS_ACCESS_KEY_ID"]
REGION = os.environ["AWS_DEFAULT_REGION"]


def gramme(operation, **request):
    """Calls an operation of Gramme's own."""
    call = urllib.request.Request(
        ENDPOINT,
        json.dumps(request).encode(),
        {
            "Content-Type": "application/x-amz-json-1.0",
            "X-Amz-Target": f"Gramme_20261101.{operation}",
            "X-Amz-Date": "20260101T000000Z",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/{REGION}/dynamodb/aws4_request,"
            " SignedHeaders=host, Signature=0",
        },
    )
    with urllib.request.urlopen(call) as answer:
        return json.load(answer)


client = boto3.client("dynamodb", endpoint_url=ENDPOINT, config=Config(retries={"mode": "standard", "max_attempts": 5}))
once = boto3.client("dynamodb", endpoint_url=ENDPOINT, config=Config(retries={"max_attempts": 0}))
client.create_table(
    TableName="Orders",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
)
client.get_waiter("table_exists").wait(TableName="Orders")

# A throttled write succeeds at the third attempt.
gramme("PutFaultRule", RuleId="throttle", Effect="THROTTLE", Operations=["PutItem"], TableName="Orders", Times=2)
put = client.put_item(TableName="Orders", Item={"id": {"S": "a"}})
assert put["ResponseMetadata"]["RetryAttempts"] == 2, put

# Without retries the client sees the error and its reason.
gramme("PutFaultRule", RuleId="throttle", Effect="THROTTLE", TableName="Orders", Cause="ACCOUNT")
try:
    once.get_item(TableName="Orders", Key={"id": {"S": "a"}})
    raise AssertionError("not throttled")
except ClientError as e:
    assert e.response["Error"]["Code"] == "RequestLimitExceeded", e.response
    assert e.response["ThrottlingReasons"][0]["reason"] == "TableReadAccountLimitExceeded", e.response

# Items that a batch leaves unprocessed are sent again by the batch writer.
gramme("DeleteFaultRules")
gramme("PutFaultRule", RuleId="batch", Effect="UNPROCESSED", Operations=["BatchWriteItem"], Probability=0.5, Seed=1, Times=20)
with boto3.resource("dynamodb", endpoint_url=ENDPOINT).Table("Orders").batch_writer() as batch:
    for n in range(40):
        batch.put_item(Item={"id": f"batch {n}"})
assert client.scan(TableName="Orders", Select="COUNT")["Count"] == 41
rules = gramme("ListFaultRules")["Rules"]
assert rules[0]["InducedFaults"] == 20, rules
print("done")
