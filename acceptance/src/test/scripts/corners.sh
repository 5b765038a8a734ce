#!/bin/sh
# Unusual corners of the AWS CLI, against the DynamoDB at AWS_ENDPOINT_URL. Each step checks what it was answered.
set -eu

files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] || fail "$1 should be '$2' and is '$3'"
}

db() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" dynamodb "$@"
}

# Input from files: a whole request as the skeleton of the CLI has it, and parts of one.
cat >"$files/table.json" <<'END'
{
  "TableName": "Corners",
  "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
  "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
  "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4}
}
END
printf '{"id": {"S": "gr\303\274n"}, "list": {"L": [{"N": "1"}, {"NULL": true}]}}' >"$files/item.json"
printf '{":id": {"S": "gr\303\274n"}}' >"$files/values.json"
db create-table --cli-input-json "file://$files/table.json" >/dev/null
db wait table-exists --table-name Corners
db put-item --table-name Corners --item "file://$files/item.json"

# A skeleton is not sent: there would be an error if it were.
skeleton=$(db put-item --generate-cli-skeleton)
case $skeleton in
  *'"ConditionExpression"'*) ;;
  *) fail "the skeleton of a request should be printed, not $skeleton" ;;
esac

# One answer in every form of output; empty answers print nothing.
is 'two members of a table' "Corners	ACTIVE	3	4" "$(db describe-table --table-name Corners --output text --query \
  'Table.[TableName, TableStatus, ProvisionedThroughput.ReadCapacityUnits, ProvisionedThroughput.WriteCapacityUnits]')"
json=$(db query --table-name Corners --key-condition-expression 'id = :id' \
  --expression-attribute-values "file://$files/values.json" --output json --query 'Items[0].list.L[].[N, NULL]' |
  tr -d ' \n')
is 'a list as JSON' '[["1",null],[null,true]]' "$json"
case $(db list-tables --output table) in
  *'|  Corners'*'|'*) ;;
  *) fail 'a table should be drawn' ;;
esac
is 'the answer to a delete' '' "$(db delete-item --table-name Corners --key '{"id": {"S": "none"}}')"

# What goes over the wire, as the CLI itself saw it.
debug=$(db get-item --table-name Corners --key '{"id": {"S": "none"}}' --debug 2>&1)
case $debug in
  *"'x-amz-crc32': '2745614147'"*) ;;
  *) fail 'the checksum of {} should be among the headers' ;;
esac
db delete-table --table-name Corners >/dev/null
echo done
