#!/bin/sh
# The metrics of a table with the AWS CLI, against the server at AWS_ENDPOINT_URL.
set -eu

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] || fail "$1 should be '$2' and is '$3'"
}

db() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" dynamodb "$@" --output text
}

watch() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" cloudwatch "$@"
}

db create-table --table-name Watched --attribute-definitions AttributeName=id,AttributeType=S \
  --key-schema AttributeName=id,KeyType=HASH --billing-mode PAY_PER_REQUEST >/dev/null
db put-item --table-name Watched --item '{"id":{"S":"1"}}' >/dev/null
db get-item --table-name Watched --key '{"id":{"S":"1"}}' --consistent-read >/dev/null

start=$(date -u -d '1 hour ago' +%Y-%m-%dT%H:%M:00Z)
end=$(date -u -d '1 hour' +%Y-%m-%dT%H:%M:00Z)

is 'the units read' 1.0 "$(watch get-metric-statistics --namespace AWS/DynamoDB --metric-name ConsumedReadCapacityUnits \
  --dimensions Name=TableName,Value=Watched --start-time "$start" --end-time "$end" --period 7200 --statistics Sum \
  --query 'Datapoints[0].Sum' --output text)"
is 'the metric listed' ConsumedReadCapacityUnits "$(watch list-metrics --namespace AWS/DynamoDB \
  --metric-name ConsumedReadCapacityUnits --dimensions Name=TableName,Value=Watched \
  --query 'Metrics[0].MetricName' --output text)"
echo done
