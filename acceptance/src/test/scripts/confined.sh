#!/bin/sh
# From an empty server to a confined user with the AWS CLI, against the endpoint at AWS_ENDPOINT_URL, which enforces. It
# begins with the key of the root. Each step checks what it was answered.
set -eu

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] || fail "$1 should be '$2' and is '$3'"
}

# refused ERROR COMMAND...: ERROR is what the command should say behind the name of the operation
refused() {
  expected=$1
  shift
  if answer=$("$@" 2>&1); then
    fail "$* should be refused"
  fi
  case $answer in
    *"$expected"*) ;;
    *) fail "the refusal should be '$expected', and is '$answer'" ;;
  esac
}

table=arn:aws:dynamodb:eu-west-1:000000000000:table/Books
policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
  "Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:Query"],"Resource":"'$table'",
  "Condition":{"ForAllValues:StringEquals":{"dynamodb:LeadingKeys":["${aws:username}"]},
    "Null":{"dynamodb:LeadingKeys":"false"}}}]}'

aws dynamodb create-table --table-name Books --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=owner,AttributeType=S --key-schema AttributeName=owner,KeyType=HASH > /dev/null &
is 'the ARN of the user' arn:aws:iam::000000000000:user/anna \
  "$(aws iam create-user --user-name anna --query User.Arn --output text)"
aws iam put-user-policy --user-name anna --policy-name own --policy-document "$policy" &
key=$(aws iam create-access-key --user-name anna --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
AWS_ACCESS_KEY_ID=${key%%	*}
AWS_SECRET_ACCESS_KEY=${key##*	}
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
wait

aws dynamodb put-item --table-name Books --item '{"owner":{"S":"anna"}}'
refused "(AccessDeniedException) when calling the GetItem operation: User: arn:aws:iam::000000000000:user/anna is not\
 authorized to perform: dynamodb:GetItem on resource: $table because no identity-based policy allows the\
 dynamodb:GetItem action" aws dynamodb get-item --table-name Books --key '{"owner":{"S":"berta"}}'
echo done
