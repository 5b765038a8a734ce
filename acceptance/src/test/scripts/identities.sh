#!/bin/sh
# Users, roles and sessions with the AWS CLI, against the endpoint at AWS_ENDPOINT_URL. Each step checks what it was answered.
set -eu

fail() {
  printf 'failed: %s\n' "$1" >&2
  exit 1
}

# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] || fail "$1 should be '$2' and is '$3'"
}

iam() {
  aws --endpoint-url "$AWS_ENDPOINT_URL" iam "$@" --output text
}

policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}'
trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"111111111111"}}]}'

is 'the caller' 'arn:aws:iam::111111111111:root' \
  "$(aws --endpoint-url "$AWS_ENDPOINT_URL" sts get-caller-identity --query Arn --output text)"
is 'the ARN of the user' 'arn:aws:iam::111111111111:user/anna' "$(iam create-user --user-name anna --query User.Arn)"
iam put-user-policy --user-name anna --policy-name own --policy-document "$policy"
is 'the action of the policy' 'dynamodb:*' \
  "$(iam get-user-policy --user-name anna --policy-name own --query 'PolicyDocument.Statement[0].Action')"
iam attach-user-policy --user-name anna --policy-arn arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess
is 'the attached policy' AmazonDynamoDBReadOnlyAccess \
  "$(iam list-attached-user-policies --user-name anna --query 'AttachedPolicies[].PolicyName')"
case $(iam create-access-key --user-name anna --query AccessKey.AccessKeyId) in
  AKIAGRAM*) ;;
  *) fail 'the id of a key begins with AKIAGRAM' ;;
esac
role=$(iam create-role --role-name night --assume-role-policy-document "$trust" --query Role.Arn)
is 'the ARN of the session' 'arn:aws:sts::111111111111:assumed-role/night/one' \
  "$(aws --endpoint-url "$AWS_ENDPOINT_URL" sts assume-role --role-arn "$role" --role-session-name one \
    --query AssumedRoleUser.Arn --output text)"
if answer=$(iam delete-user --user-name anna 2>&1); then
  fail 'a user with keys should not be deleted'
fi
case $answer in
  *'(DeleteConflict)'*) ;;
  *) fail "the refusal should be a DeleteConflict, and is $answer" ;;
esac
echo done
