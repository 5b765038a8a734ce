#!/bin/sh
# A table's life with the AWS CLI, against the DynamoDB at AWS_ENDPOINT_URL. Each step checks what it was answered.
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

# A table with an index.
is 'the new table' Orders "$(db create-table --table-name Orders \
  --attribute-definitions AttributeName=Customer,AttributeType=S AttributeName=Number,AttributeType=N \
    AttributeName=Status,AttributeType=S \
  --key-schema AttributeName=Customer,KeyType=HASH AttributeName=Number,KeyType=RANGE \
  --global-secondary-indexes \
    'IndexName=ByStatus,KeySchema=[{AttributeName=Status,KeyType=HASH}],Projection={ProjectionType=KEYS_ONLY}' \
  --billing-mode PAY_PER_REQUEST --query TableDescription.TableName)"
db wait table-exists --table-name Orders
is 'its status' ACTIVE "$(db describe-table --table-name Orders --query Table.TableStatus)"
is 'the list' Orders "$(db list-tables --query TableNames)"

# Items, in the CLI's JSON.
db put-item --table-name Orders \
  --item '{"Customer": {"S": "ada"}, "Number": {"N": "1"}, "Status": {"S": "open"}, "Amount": {"N": "12.50"}}'
is 'what an update returns' 15.75 "$(db update-item --table-name Orders \
  --key '{"Customer": {"S": "ada"}, "Number": {"N": "1"}}' \
  --update-expression 'ADD Amount :more' --expression-attribute-values '{":more": {"N": "3.25"}}' \
  --return-values UPDATED_NEW --query Attributes.Amount.N)"
refused ConditionalCheckFailedException db put-item --table-name Orders \
  --item '{"Customer": {"S": "ada"}, "Number": {"N": "1"}}' --condition-expression 'attribute_not_exists(Customer)'
is 'what a batch leaves over' 0 "$(db batch-write-item --query 'length(UnprocessedItems)' \
  --request-items '{"Orders": [
  {"PutRequest": {"Item": {"Customer": {"S": "ada"}, "Number": {"N": "2"}, "Status": {"S": "open"}}}},
  {"PutRequest": {"Item": {"Customer": {"S": "ada"}, "Number": {"N": "10"}, "Status": {"S": "paid"}}}},
  {"PutRequest": {"Item": {"Customer": {"S": "bob"}, "Number": {"N": "1"}}}}]}')"

# The CLI follows the pages by itself: three of one item here. Numbers are sorted as numbers.
is "ada's orders, latest first" '10 2 1' "$(db query --table-name Orders --page-size 1 --no-scan-index-forward \
  --key-condition-expression 'Customer = :c' --expression-attribute-values '{":c": {"S": "ada"}}' \
  --query 'Items[].Number.N' | tr '\t\n' '  ' | sed 's/ *$//')"
is 'the open orders' 2 "$(db query --table-name Orders --index-name ByStatus \
  --key-condition-expression '#s = :s' --expression-attribute-names '{"#s": "Status"}' \
  --expression-attribute-values '{":s": {"S": "open"}}' --query Count)"
is 'all orders' 4 "$(db scan --table-name Orders --select COUNT --query Count)"

# A tag, and a table that is protected until it is not.
arn=$(db describe-table --table-name Orders --query Table.TableArn)
db tag-resource --resource-arn "$arn" --tags Key=stage,Value=test
is 'the tag' test "$(db list-tags-of-resource --resource-arn "$arn" --query 'Tags[0].Value')"
db update-table --table-name Orders --deletion-protection-enabled --query TableDescription.TableName >/dev/null
refused ValidationException db delete-table --table-name Orders
db update-table --table-name Orders --no-deletion-protection-enabled --query TableDescription.TableName >/dev/null
db delete-table --table-name Orders --query TableDescription.TableName >/dev/null
db wait table-not-exists --table-name Orders
refused ResourceNotFoundException db describe-table --table-name Orders
echo done
