"""How boto3 meets its first throttles, against the DynamoDB at AWS_ENDPOINT_URL. Tables choose their throttling by a tag."""

import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def client(**retries):
    return boto3.client("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=Config(retries=retries))


once = client(total_max_attempts=1)
patient = client(mode="standard", total_max_attempts=10)
LIMITED = [{"Key": "gramme:throughput", "Value": "limits"}]
KEY = {
    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
}


def until_refused(call):
    """The first refusal of a call that is repeated, each time with another number."""
    for number in range(1000):
        try:
            call(number)
        except ClientError as e:
            assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 400, e.response
            return e.response
    raise AssertionError("nothing was refused")


def put(table):
    # Four units each: more than the table gains while one call takes its time.
    return lambda number: once.put_item(TableName=table, Item={"id": {"S": f"i{number}"}, "v": {"S": "x" * 4000}})


# Provisioned: refused in the words of the service, served again by a client that retries.
table = once.create_table(
    TableName="Small", ProvisionedThroughput={"ReadCapacityUnits": 2, "WriteCapacityUnits": 2}, Tags=LIMITED, **KEY
)["TableDescription"]
once.get_waiter("table_exists").wait(TableName="Small")
refusal = until_refused(put("Small"))
assert refusal["Error"]["Code"] == "ProvisionedThroughputExceededException", refusal
assert refusal["ThrottlingReasons"] == [
    {"reason": "TableWriteProvisionedThroughputExceeded", "resource": table["TableArn"]}
], refusal
patient.put_item(TableName="Small", Item={"id": {"S": "p"}})

# The resource's batch writer sends again what comes back unprocessed, until all is there.
resource = boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).Table("Small")
with resource.batch_writer() as batch:
    for number in range(4):
        batch.put_item(Item={"id": f"b{number}"})
found = patient.scan(TableName="Small", FilterExpression="begins_with(id, :b)", ExpressionAttributeValues={":b": {"S": "b"}})
assert found["Count"] == 4, found

# A transaction names the action that was refused.
until_refused(put("Small"))
try:
    once.transact_write_items(TransactItems=[{"Put": {"TableName": "Small", "Item": {"id": {"S": "t"}}}}])
    raise AssertionError("the transaction was not refused")
except once.exceptions.TransactionCanceledException as e:
    assert e.response["CancellationReasons"][0]["Code"] == "ProvisionedThroughputExceeded", e.response

# An on-demand maximum.
once.create_table(
    TableName="Capped",
    BillingMode="PAY_PER_REQUEST",
    OnDemandThroughput={"MaxReadRequestUnits": 5, "MaxWriteRequestUnits": 2},
    Tags=LIMITED,
    **KEY,
)
once.get_waiter("table_exists").wait(TableName="Capped")
refusal = until_refused(put("Capped"))
assert refusal["Error"]["Code"] == "ThrottlingException", refusal
assert refusal["throttlingReasons"][0]["reason"] == "TableWriteMaxOnDemandThroughputExceeded", refusal
print("done")
