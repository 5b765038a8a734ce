"""The metrics of a table with boto3's client of CloudWatch, against the server at AWS_ENDPOINT_URL."""

import os
import uuid
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError

endpoint = os.environ["AWS_ENDPOINT_URL"]
dynamodb = boto3.client("dynamodb", endpoint_url=endpoint)
cloudwatch = boto3.client("cloudwatch", endpoint_url=endpoint)

TABLE = "Metered" + uuid.uuid4().hex[:8]
OF_TABLE = [{"Name": "TableName", "Value": TABLE}]
start = datetime.now(timezone.utc) - timedelta(hours=1)
end = datetime.now(timezone.utc) + timedelta(hours=1)


def refused(code, call, **arguments):
    """The message of a call that must be refused with this code."""
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response
        assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 400, e.response
        return e.response["Error"]["Message"]
    raise AssertionError(f"{arguments} was not refused")


def total(metric, dimensions, statistic="Sum"):
    datapoints = cloudwatch.get_metric_statistics(
        Namespace="AWS/DynamoDB",
        MetricName=metric,
        Dimensions=dimensions,
        StartTime=start,
        EndTime=end,
        Period=60,
        Statistics=[statistic],
    )["Datapoints"]
    return sum(one[statistic] for one in datapoints)


dynamodb.create_table(
    TableName=TABLE,
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
)
dynamodb.get_waiter("table_exists").wait(TableName=TABLE, WaiterConfig={"Delay": 1})

# What the answers say was consumed is what the metrics say.
told = 0
for number in range(10):
    item = {"id": {"S": str(number)}, "text": {"S": "x" * 700 * number}}
    answer = dynamodb.put_item(TableName=TABLE, Item=item, ReturnConsumedCapacity="TOTAL")
    told += answer["ConsumedCapacity"]["CapacityUnits"]
assert total("ConsumedWriteCapacityUnits", OF_TABLE) == told
assert total("ConsumedWriteCapacityUnits", OF_TABLE, "SampleCount") == 10
latency = OF_TABLE + [{"Name": "Operation", "Value": "PutItem"}]
assert total("SuccessfulRequestLatency", latency, "SampleCount") == 10

# Percentiles, which arrive in a map.
points = cloudwatch.get_metric_statistics(
    Namespace="AWS/DynamoDB",
    MetricName="SuccessfulRequestLatency",
    Dimensions=latency,
    StartTime=start,
    EndTime=end,
    Period=3600,
    ExtendedStatistics=["p50", "p99.9"],
)["Datapoints"]
assert points and all(0 < one["ExtendedStatistics"]["p50"] <= one["ExtendedStatistics"]["p99.9"] for one in points)
assert points[0]["Unit"] == "Milliseconds"
assert points[0]["Timestamp"].tzinfo is not None

# The metrics of the table are listed.
pages = cloudwatch.get_paginator("list_metrics").paginate(Namespace="AWS/DynamoDB", Dimensions=OF_TABLE)
names = {metric["MetricName"] for page in pages for metric in page["Metrics"]}
assert {"ConsumedWriteCapacityUnits", "SuccessfulRequestLatency"} <= names, names
assert cloudwatch.list_metrics(Namespace="AWS/EC2")["Metrics"] == []


def query(name, metric, dimensions, stat, shown=True):
    return {
        "Id": name,
        "ReturnData": shown,
        "MetricStat": {
            "Metric": {"Namespace": "AWS/DynamoDB", "MetricName": metric, "Dimensions": dimensions},
            "Period": 60,
            "Stat": stat,
        },
    }


# Data of several metrics in one call, and what expressions make of them.
queries = [
    query("units", "ConsumedWriteCapacityUnits", OF_TABLE, "Sum"),
    query("calls", "SuccessfulRequestLatency", latency, "SampleCount", shown=False),
    {"Id": "each", "Expression": "units / calls", "Label": "units of a call"},
]
pages = cloudwatch.get_paginator("get_metric_data").paginate(
    MetricDataQueries=queries, StartTime=start, EndTime=end, ScanBy="TimestampAscending", MaxDatapoints=1
)
found = {}
for page in pages:
    for result in page["MetricDataResults"]:
        found.setdefault(result["Id"], []).extend(result["Values"])
        assert len(result["Values"]) == len(result["Timestamps"])
assert sum(found["units"]) == told, found
assert "calls" not in found
assert found["each"], found

# Errors have the codes of the service.
arguments = {"Namespace": "AWS/DynamoDB", "MetricName": "ConsumedReadCapacityUnits", "StartTime": start, "EndTime": end}
refused("InvalidParameterValue", cloudwatch.get_metric_statistics, Period=61, Statistics=["Sum"], **arguments)
refused("InvalidParameterCombination", cloudwatch.get_metric_statistics, Period=1, Statistics=["Sum"], **arguments)
refused(
    "InvalidNextToken",
    cloudwatch.get_metric_data,
    MetricDataQueries=queries,
    StartTime=start,
    EndTime=end,
    NextToken="none",
)
try:
    cloudwatch.get_metric_statistics(Period=61, Statistics=["Sum"], **arguments)
    raise AssertionError("was not refused")
except cloudwatch.exceptions.InvalidParameterValueException:
    pass
refused("InvalidAction", cloudwatch.describe_alarms)

print("done")
