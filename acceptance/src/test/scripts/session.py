"""A day with boto3, against the DynamoDB at AWS_ENDPOINT_URL. Each step checks what it was answered."""

import os
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

dynamodb = boto3.resource("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
client = dynamodb.meta.client


def refused(code, call, **arguments):
    """The message of a call that must be refused with this code."""
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response
        assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 400, e.response
        return e.response["Error"]["Message"]
    raise AssertionError(f"{arguments} was not refused")


# A table of music, by artist and song; an index by genre that only holds the songs that have one.
music = dynamodb.create_table(
    TableName="Music",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[
        {"AttributeName": "Artist", "AttributeType": "S"},
        {"AttributeName": "Song", "AttributeType": "S"},
        {"AttributeName": "Genre", "AttributeType": "S"},
        {"AttributeName": "Year", "AttributeType": "N"},
    ],
    KeySchema=[{"AttributeName": "Artist", "KeyType": "HASH"}, {"AttributeName": "Song", "KeyType": "RANGE"}],
    GlobalSecondaryIndexes=[
        {
            "IndexName": "ByGenre",
            "KeySchema": [{"AttributeName": "Genre", "KeyType": "HASH"}, {"AttributeName": "Year", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    Tags=[{"Key": "team", "Value": "records"}],
)
music.wait_until_exists()
music.reload()
assert music.table_status == "ACTIVE"
assert music.table_arn.endswith(":table/Music"), music.table_arn
assert client.list_tables()["TableNames"] == ["Music"]
assert client.list_tags_of_resource(ResourceArn=music.table_arn)["Tags"] == [{"Key": "team", "Value": "records"}]
refused(
    "ResourceInUseException",
    client.create_table,
    TableName="Music",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "Artist", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "Artist", "KeyType": "HASH"}],
)

# Every type there is comes back as it was put.
everything = {
    "Artist": "Blue",
    "Song": "Types",
    "text": "grüß dich 🎵",
    "number": Decimal("3.1415926535897932384626433832795028841"),
    "bytes": b"\x00\xff",
    "yes": True,
    "nothing": None,
    "empty": "",
    "list": [1, "two", [Decimal("-3.5")]],
    "map": {"a": {"b": {"c": "deep"}}},
    "words": {"x", "y"},
    "numbers": {Decimal(1), Decimal("2.5")},
    "blobs": {b"1", b"2"},
}
assert music.put_item(Item=everything)["ResponseMetadata"]["HTTPStatusCode"] == 200
found = music.get_item(Key={"Artist": "Blue", "Song": "Types"}, ConsistentRead=True)["Item"]
assert found == everything, found
assert "Item" not in music.get_item(Key={"Artist": "Blue", "Song": "None such"})
parts = music.get_item(
    Key={"Artist": "Blue", "Song": "Types"},
    ProjectionExpression="#m.a.b, #l[2]",
    ExpressionAttributeNames={"#m": "map", "#l": "list"},
)["Item"]
assert parts == {"map": {"a": {"b": {"c": "deep"}}}, "list": [[Decimal("-3.5")]]}, parts

# A condition that fails can show what it failed on.
refused(
    "ConditionalCheckFailedException",
    music.put_item,
    Item={"Artist": "Blue", "Song": "Types"},
    ConditionExpression=Attr("Artist").not_exists(),
)
# An older boto3 does not know how to ask.
if "ReturnValuesOnConditionCheckFailure" in client.meta.service_model.operation_model("PutItem").input_shape.members:
    try:
        client.put_item(
            TableName="Music",
            Item={"Artist": "Blue", "Song": "Types"},
            ConditionExpression="attribute_not_exists(Artist)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
        raise AssertionError("the condition held")
    except client.exceptions.ConditionalCheckFailedException as e:
        assert e.response["Error"]["Message"] == "The conditional request failed"
        assert e.response["Item"]["text"] == {"S": "grüß dich 🎵"} or e.response["Item"]["text"] == "grüß dich 🎵"

# Updates count, append, and say what they changed.
changed = music.update_item(
    Key={"Artist": "Blue", "Song": "Types"},
    UpdateExpression="SET plays = if_not_exists(plays, :none) + :one, #l = list_append(#l, :more) REMOVE nothing",
    ExpressionAttributeNames={"#l": "list"},
    ExpressionAttributeValues={":none": 0, ":one": 1, ":more": ["last"]},
    ReturnValues="UPDATED_NEW",
)["Attributes"]
assert changed == {"plays": 1, "list": [1, "two", [Decimal("-3.5")], "last"]}, changed
message = refused(
    "ValidationException",
    music.update_item,
    Key={"Artist": "Blue", "Song": "Types"},
    UpdateExpression="SET Song = :s",
    ExpressionAttributeValues={":s": "Other"},
)
assert "Cannot update attribute Song. This attribute is part of the key" in message, message

# Many songs at once: the batch writer sends them 25 at a time, and sends again what was not processed.
with music.batch_writer() as batch:
    for artist in range(4):
        for song in range(30):
            item = {"Artist": f"Artist {artist}", "Song": f"Song {song:02}", "Year": 1960 + song}
            if song % 3 == 0:
                item["Genre"] = "Jazz" if artist % 2 == 0 else "Rock"
            batch.put_item(Item=item)

# Queries: a range of the sort key, backwards, page by page, and counted.
page = music.query(
    KeyConditionExpression=Key("Artist").eq("Artist 1") & Key("Song").between("Song 10", "Song 19"),
    ScanIndexForward=False,
    Limit=4,
)
assert [item["Song"] for item in page["Items"]] == ["Song 19", "Song 18", "Song 17", "Song 16"]
assert page["LastEvaluatedKey"] == {"Artist": "Artist 1", "Song": "Song 16"}
songs = list(page["Items"])
while "LastEvaluatedKey" in page:
    page = music.query(
        KeyConditionExpression=Key("Artist").eq("Artist 1") & Key("Song").between("Song 10", "Song 19"),
        ScanIndexForward=False,
        Limit=4,
        ExclusiveStartKey=page["LastEvaluatedKey"],
    )
    songs += page["Items"]
assert [item["Song"] for item in songs] == [f"Song {song}" for song in range(19, 9, -1)]
count = music.query(KeyConditionExpression=Key("Artist").eq("Artist 1"), Select="COUNT", ReturnConsumedCapacity="TOTAL")
assert (count["Count"], count["ScannedCount"]) == (30, 30)
assert count["ConsumedCapacity"] == {"TableName": "Music", "CapacityUnits": 0.5}, count

# The index holds only songs with a genre, sorted by year.
jazz = music.query(IndexName="ByGenre", KeyConditionExpression=Key("Genre").eq("Jazz") & Key("Year").lt(1970))["Items"]
assert [item["Year"] for item in jazz] == [1960, 1960, 1963, 1963, 1966, 1966, 1969, 1969], jazz
assert len(music.scan(IndexName="ByGenre")["Items"]) == 40
message = refused(
    "ValidationException",
    music.query,
    IndexName="ByGenre",
    ConsistentRead=True,
    KeyConditionExpression=Key("Genre").eq("Jazz"),
)
assert "Consistent reads are not supported on global secondary indexes" in message, message

# Filters are applied to what was read; four segments together see everything once.
filtered = music.scan(FilterExpression=Attr("Year").gte(1985) & Attr("Artist").begins_with("Artist"))
assert (filtered["Count"], filtered["ScannedCount"]) == (20, 121), filtered
segments = []
for segment in range(4):
    for page in client.get_paginator("scan").paginate(TableName="Music", Segment=segment, TotalSegments=4):
        segments += [(item["Artist"], item["Song"]) for item in page["Items"]]
assert len(segments) == 121 and len(set(segments)) == 121

# Batches of keys; the words of an error.
keys = [{"Artist": f"Artist {n}", "Song": "Song 05"} for n in range(5)]
batch = dynamodb.batch_get_item(RequestItems={"Music": {"Keys": keys, "ProjectionExpression": "Artist"}})
assert sorted(item["Artist"] for item in batch["Responses"]["Music"]) == [f"Artist {n}" for n in range(4)]
assert batch["UnprocessedKeys"] == {}
message = refused("ValidationException", dynamodb.batch_get_item, RequestItems={"Music": {"Keys": keys[:1] * 2}})
assert message == "Provided list of item keys contains duplicates", message

# Gone is gone.
old = music.delete_item(Key={"Artist": "Artist 0", "Song": "Song 00"}, ReturnValues="ALL_OLD")["Attributes"]
assert old == {"Artist": "Artist 0", "Song": "Song 00", "Year": 1960, "Genre": "Jazz"}, old
assert "Attributes" not in music.delete_item(Key={"Artist": "Artist 0", "Song": "Song 00"}, ReturnValues="ALL_OLD")
music.delete()
music.wait_until_not_exists()
assert client.list_tables()["TableNames"] == []
assert refused("ResourceNotFoundException", music.scan) == "Requested resource not found"
print("done")
