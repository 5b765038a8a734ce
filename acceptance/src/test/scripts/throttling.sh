#!/bin/sh
# How the AWS CLI meets its first throttle, against the DynamoDB at AWS_ENDPOINT_URL.
set -eu

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

db() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" dynamodb "$@"
}

# It costs twenty times what the table gains in a second: the next write is refused, unless that takes very long to begin.
large=$(head -c 20000 /dev/zero | tr '\0' x)

db create-table --table-name Little --attribute-definitions AttributeName=id,AttributeType=S \
  --key-schema AttributeName=id,KeyType=HASH --provisioned-throughput ReadCapacityUnits=1,WriteCapacityUnits=1 \
  --tags Key=gramme:throughput,Value=limits >/dev/null
db wait table-exists --table-name Little
tries=0
while answer=$(AWS_MAX_ATTEMPTS=1 db put-item --table-name Little --item "{\"id\": {\"S\": \"a\"}, \"v\": {\"S\": \"$large\"}}" 2>&1); do
  tries=$((tries + 1))
  [ $tries -lt 10 ] || fail 'a write should be refused'
done
case $answer in
  *ProvisionedThroughputExceededException*) ;;
  *) fail "a write is refused with $answer" ;;
esac
db update-table --table-name Little --provisioned-throughput ReadCapacityUnits=1,WriteCapacityUnits=100 >/dev/null
db wait table-exists --table-name Little
AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=12 db put-item --table-name Little --item '{"id": {"S": "b"}}'
echo done
