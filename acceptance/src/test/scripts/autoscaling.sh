#!/bin/sh
# Auto scaling with the AWS CLI, against the endpoint at AWS_ENDPOINT_URL. Each step checks what it was answered.
set -eu

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] || fail "$1 should be '$2' and is '$3'"
}

# refused ERROR COMMAND...: the command must end with this error
refused() {
  error=$1
  shift
  if answer=$("$@" 2>&1); then
    fail "$* should be refused, and answers $answer"
  fi
  case $answer in
    *"($error)"*) ;;
    *) fail "$* should be refused with $error, and is with $answer" ;;
  esac
}

db() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" dynamodb "$@" --output text
}

scaling() {
  operation=$1
  shift
  aws --endpoint-url "$AWS_ENDPOINT_URL" application-autoscaling "$operation" --service-namespace dynamodb "$@" \
    --output text
}

reads='--resource-id table/Orders --scalable-dimension dynamodb:table:ReadCapacityUnits'

db create-table --table-name Orders --attribute-definitions AttributeName=Id,AttributeType=S \
  --key-schema AttributeName=Id,KeyType=HASH --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=5 >/dev/null

# shellcheck disable=SC2086
{
  refused ObjectNotFoundException scaling deregister-scalable-target $reads
  scaling register-scalable-target $reads --min-capacity 10 --max-capacity 100 >/dev/null
  is 'the alarms of a policy' 4 "$(scaling put-scaling-policy $reads --policy-name Follow \
    --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration \
      '{"TargetValue": 70, "PredefinedMetricSpecification": {"PredefinedMetricType": "DynamoDBReadCapacityUtilization"}}' \
    --query 'length(Alarms)')"
  is 'why the capacity was raised' 'minimum capacity was set to 10' "$(scaling describe-scaling-activities \
    --query 'ScalingActivities[0].Cause')"
}
echo done
