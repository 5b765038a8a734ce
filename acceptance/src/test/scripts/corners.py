"""Unusual corners of boto3, against the DynamoDB at AWS_ENDPOINT_URL. Each step checks what it was answered."""

import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, Inexact

import boto3
from boto3.dynamodb.conditions import Attr, Contains, Key
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError

ENDPOINT = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"]}
dynamodb = boto3.resource("dynamodb", **ENDPOINT)
client = boto3.client("dynamodb", **ENDPOINT)


def refusal(call, **arguments):
    """The whole response of a call that must be refused."""
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["ResponseMetadata"]["RetryAttempts"] == 0, e.response
        return e.response
    raise AssertionError(f"{arguments} was not refused")


def new_table(name, **keys):
    table = dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": kind} for key, kind in keys.items()],
        KeySchema=[
            {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"))
        ],
    )
    table.wait_until_exists()
    return table


# Every condition builder there is, on a table whose filter results are known.
things = new_table("Things", kind="S", n="N")
with things.batch_writer(overwrite_by_pkeys=["kind", "n"]) as batch:
    for n in range(-5, 6):
        # Twice the same key in one batch: the writer drops the first, or the batch would be refused.
        batch.put_item(Item={"kind": "a", "n": n, "text": "dropped"})
        item = {"kind": "a", "n": n, "text": f"t{n}", "list": [n], "set": {n, 100}, "map": {"n": n}}
        if n % 2:
            item["odd"] = True
        batch.put_item(Item=item)
    batch.put_item(Item={"kind": "b", "n": 0})
    batch.delete_item(Key={"kind": "b", "n": 0})


def found(condition=None, **more):
    if condition is not None:
        more["FilterExpression"] = condition
    return sorted(int(item["n"]) for item in things.scan(**more)["Items"])


assert found() == list(range(-5, 6))
assert found(Attr("text").eq("t3")) == [3]
assert found(Attr("text").ne("t3") & Attr("map.n").gt(2)) == [4, 5]
assert found(Attr("map.n").lt(-3) | Attr("map.n").gte(5)) == [-5, -4, 5]
assert found(~Attr("map.n").lte(3)) == [4, 5]
assert found(Attr("map.n").between(-1, 1)) == [-1, 0, 1]
assert found(Attr("map.n").is_in([2, 4, 77])) == [2, 4]
assert found(Attr("text").begins_with("t-")) == [-5, -4, -3, -2, -1]
assert found(Attr("text").contains("-3")) == [-3]
assert found(Attr("set").contains(4)) == [4]
assert found(Contains(Attr("list"), 4)) == [4]
assert found(Attr("list[0]").eq(2)) == [2]
assert found(Attr("text").size().gt(2)) == [-5, -4, -3, -2, -1]
assert found(Attr("set").size().eq(2) & Attr("odd").not_exists()) == [-4, -2, 0, 2, 4]
assert found(Attr("odd").exists()) == [-5, -3, -1, 1, 3, 5]
assert found(Attr("odd").attribute_type("BOOL") & Attr("map").attribute_type("M")) == [-5, -3, -1, 1, 3, 5]
for condition, expected in [
    (Key("n").eq(-5), [-5]),
    (Key("n").lt(-3), [-5, -4]),
    (Key("n").lte(-3), [-5, -4, -3]),
    (Key("n").gt(4), [5]),
    (Key("n").gte(4), [4, 5]),
    (Key("n").between(Decimal("-0.5"), Decimal("1.5")), [0, 1]),
]:
    items = things.query(KeyConditionExpression=Key("kind").eq("a") & condition)["Items"]
    assert [int(item["n"]) for item in items] == expected, items

# Numbers: what boto3's context lets through is exact, what it does not never leaves. It cannot read a 1E+38, which the
# service too writes with all its zeros.
exact = Decimal("1.2345678901234567890123456789012345678")
things.put_item(Item={"kind": "number", "n": exact, "small": Decimal("1E-130"), "large": Decimal("9E+37")})
item = things.get_item(Key={"kind": "number", "n": exact})["Item"]
assert (item["n"], item["small"], item["large"]) == (exact, Decimal("1E-130"), Decimal("9E+37")), item
try:
    things.put_item(Item={"kind": "number", "n": Decimal("1." + "1" * 38)})
    raise AssertionError("39 digits left")
except Inexact:
    pass
message = refusal(
    client.put_item, TableName="Things", Item={"kind": {"S": "number"}, "n": {"N": "1." + "1" * 38}}
)["Error"]["Message"]
assert "Attempting to store more than 38 significant digits in a Number" in message, message

# Bytes, with boto3's own class for them, and its serialisers by themselves.
things.put_item(Item={"kind": "bytes", "n": 1, "one": Binary(b"\x00\xff"), "many": {Binary(b"1"), Binary(b"")}})
item = things.get_item(Key={"kind": "bytes", "n": 1})["Item"]
assert item["one"] == b"\x00\xff" and item["many"] == {b"1", b""}, item
value = {"list": [None, True, Decimal("0.10"), {"set": {"a"}}], "bytes": b""}
plain = {name: TypeSerializer().serialize(part) for name, part in value.items()}
client.put_item(TableName="Things", Item={"kind": {"S": "plain"}, "n": {"N": "1"}, **plain})
back = client.get_item(TableName="Things", Key={"kind": {"S": "plain"}, "n": {"N": "1"}})["Item"]
assert {name: TypeDeserializer().deserialize(back[name]) for name in value} == value, back

# Paginators: pages of a size, and a token to start again from.
paginator = client.get_paginator("query")
query = {
    "TableName": "Things",
    "KeyConditionExpression": "kind = :k",
    "ExpressionAttributeValues": {":k": {"S": "a"}},
}
first = paginator.paginate(**query, PaginationConfig={"PageSize": 2, "MaxItems": 5}).build_full_result()
assert [item["n"]["N"] for item in first["Items"]] == ["-5", "-4", "-3", "-2", "-1"]
rest = paginator.paginate(**query, PaginationConfig={"StartingToken": first["NextToken"]}).build_full_result()
assert [item["n"]["N"] for item in rest["Items"]] == ["0", "1", "2", "3", "4", "5"], rest
assert "NextToken" not in rest
counts = client.get_paginator("scan").paginate(TableName="Things", Select="COUNT", PaginationConfig={"PageSize": 3})
assert sum(page["Count"] for page in counts) == 14

# Waiters give up in time, and say on what.
try:
    client.get_waiter("table_exists").wait(TableName="Nowhere", WaiterConfig={"Delay": 0, "MaxAttempts": 2})
    raise AssertionError("there is no such table")
except WaiterError as e:
    assert e.last_response["Error"]["Code"] == "ResourceNotFoundException", e.last_response
client.get_waiter("table_not_exists").wait(TableName="Nowhere", WaiterConfig={"Delay": 0, "MaxAttempts": 1})

# What stands around an answer, good or bad. The bodies are seen before they are parsed.
bodies = []
client.meta.events.register(
    "before-parse.dynamodb", lambda response_dict, **_: bodies.append(response_dict["body"])
)
good = client.list_tables()
bad = refusal(client.describe_table, TableName="Nowhere")
for answer in (good, bad):
    metadata = answer["ResponseMetadata"]
    headers = metadata["HTTPHeaders"]
    assert headers["x-amzn-requestid"] == metadata["RequestId"] and len(metadata["RequestId"]) == 52, metadata
    assert headers["content-type"] == "application/x-amz-json-1.0", headers
    assert headers["server"] == "Server" and headers["connection"] == "keep-alive", headers
    assert int(headers["x-amz-crc32"]) >= 0 and int(headers["content-length"]) > 0, headers
for answer, body in zip((good, bad), bodies):
    assert int(answer["ResponseMetadata"]["HTTPHeaders"]["x-amz-crc32"]) == zlib.crc32(body), body
assert good["ResponseMetadata"]["HTTPStatusCode"] == 200 and bad["ResponseMetadata"]["HTTPStatusCode"] == 400
assert bad["Error"] == {
    "Message": "Requested resource not found: Table: Nowhere not found",
    "Code": "ResourceNotFoundException",
}, bad

# Without its own checks boto3 sends what the server has to refuse.
trusting = boto3.client("dynamodb", **ENDPOINT, config=Config(parameter_validation=False))
for code, call, arguments in [
    ("ValidationException", trusting.describe_table, {}),
    ("ValidationException", trusting.get_item, {"TableName": "Things"}),
    ("ValidationException", trusting.get_item, {"TableName": "", "Key": {}}),
    ("ValidationException", trusting.put_item, {"TableName": "Things", "Item": {}}),
    ("ValidationException", trusting.put_item, {"TableName": "Things", "Item": {"kind": {"S": ""}, "n": {"N": "1"}}}),
    ("ValidationException", trusting.put_item, {"TableName": "Things", "Item": {"kind": {}, "n": {"N": "1"}}}),
    ("SerializationException", trusting.put_item, {"TableName": "Things", "Item": {"kind": {"S": 1}}}),
    ("SerializationException", trusting.list_tables, {"Limit": "x"}),
    ("ValidationException", trusting.list_tables, {"Limit": 101}),
    ("ValidationException", trusting.scan, {"TableName": "Things", "Select": "NOTHING"}),
    ("ValidationException", trusting.batch_write_item, {"RequestItems": {"Things": []}}),
    ("ValidationException", trusting.batch_get_item, {"RequestItems": {"Things": {"Keys": []}}}),
]:
    answer = refusal(call, **arguments)
    assert answer["Error"]["Code"] == code, answer

# One client in many threads, and everybody's increment counts.
def increment(_):
    return client.update_item(
        TableName="Things",
        Key={"kind": {"S": "counter"}, "n": {"N": "0"}},
        UpdateExpression="ADD hits :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="UPDATED_NEW",
    )["Attributes"]["hits"]["N"]


with ThreadPoolExecutor(16) as threads:
    assert sorted(map(int, threads.map(increment, range(200)))) == list(range(1, 201))

things.delete()
things.wait_until_not_exists()
print("done")
