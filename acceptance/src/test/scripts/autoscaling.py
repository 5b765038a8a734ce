"""Auto scaling with boto3, against the endpoint at AWS_ENDPOINT_URL."""

import os
import time

import boto3

endpoint = os.environ["AWS_ENDPOINT_URL"]
tables = boto3.client("dynamodb", endpoint_url=endpoint)
scaling = boto3.client("application-autoscaling", endpoint_url=endpoint)
reads = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/Orders",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}


def capacity():
    return tables.describe_table(TableName="Orders")["Table"]["ProvisionedThroughput"]["ReadCapacityUnits"]


tables.create_table(
    TableName="Orders",
    AttributeDefinitions=[{"AttributeName": "Id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "Id", "KeyType": "HASH"}],
    ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
)
try:
    scaling.put_scheduled_action(
        **reads, ScheduledActionName="soon", Schedule="rate(1 day)", ScalableTargetAction={"MinCapacity": 7}
    )
    raise AssertionError("there is no target yet")
except scaling.exceptions.ObjectNotFoundException as refusal:
    assert refusal.response["Error"]["Message"] == (
        "No scalable target registered for service namespace: dynamodb, resource ID: table/Orders,"
        " scalable dimension: dynamodb:table:ReadCapacityUnits"
    ), refusal
arn = scaling.register_scalable_target(**reads, MinCapacity=5, MaxCapacity=100, Tags={"team": "a"})["ScalableTargetARN"]
assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"team": "a"}
scaling.tag_resource(ResourceARN=arn, Tags={"team": "b"})
scaling.untag_resource(ResourceARN=arn, TagKeys=["team"])
assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {}
try:
    scaling.describe_scalable_targets(ServiceNamespace="dynamodb", NextToken="?")
    raise AssertionError("that is no token")
except scaling.exceptions.InvalidNextTokenException:
    pass

# A scheduled action runs by itself.
at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 2))
scaling.put_scheduled_action(
    **reads, ScheduledActionName="soon", Schedule=f"at({at})", ScalableTargetAction={"MinCapacity": 7}
)
for _ in range(300):
    if capacity() == 7:
        break
    time.sleep(0.1)
assert capacity() == 7
pages = scaling.get_paginator("describe_scaling_activities").paginate(
    ServiceNamespace="dynamodb", PaginationConfig={"PageSize": 1}
)
descriptions = [activity["Description"] for page in pages for activity in page["ScalingActivities"]]
assert descriptions == ["Setting read capacity units to 7.", "Setting min capacity to 7"], descriptions

# Targets and policies outlive their table.
policy = {
    "TargetValue": 70.0,
    "PredefinedMetricSpecification": {"PredefinedMetricType": "DynamoDBReadCapacityUtilization"},
}
scaling.put_scaling_policy(
    **reads,
    PolicyName="follow",
    PolicyType="TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration=policy,
)
tables.delete_table(TableName="Orders")
found = scaling.describe_scaling_policies(ServiceNamespace="dynamodb")["ScalingPolicies"]
assert [one["TargetTrackingScalingPolicyConfiguration"] for one in found] == [policy], found
scaling.delete_scheduled_action(**reads, ScheduledActionName="soon")
scaling.delete_scaling_policy(**reads, PolicyName="follow")
scaling.deregister_scalable_target(**reads)
assert scaling.describe_scalable_targets(ServiceNamespace="dynamodb")["ScalableTargets"] == []
print("done")
