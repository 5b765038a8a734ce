"""The keys of a server, by boto3: made, used, switched off, deleted, granted."""

import boto3
from botocore.exceptions import ClientError


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return
    raise AssertionError("no " + code)


kms = boto3.client("kms")
key = kms.create_key(Description="for tables")["KeyMetadata"]
assert key["Arn"].startswith("arn:aws:kms:eu-west-1:111111111111:key/"), key
arn = key["Arn"]
kms.create_alias(AliasName="alias/app", TargetKeyId=arn)

context = {"App": "a", "Env": "b"}
blob = kms.encrypt(KeyId="alias/app", Plaintext=b"hello", EncryptionContext=context)["CiphertextBlob"]
opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext={"Env": "b", "App": "a"})
assert (opened["Plaintext"], opened["KeyId"]) == (b"hello", arn), opened
refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=blob)
data = kms.generate_data_key(KeyId=arn, KeySpec="AES_256")
assert kms.decrypt(CiphertextBlob=data["CiphertextBlob"], KeyId=arn)["Plaintext"] == data["Plaintext"]

kms.disable_key(KeyId=arn)
refused("DisabledException", kms.decrypt, CiphertextBlob=blob, EncryptionContext=context)
kms.enable_key(KeyId=arn)
kms.rotate_key_on_demand(KeyId=arn)
assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == b"hello"
kms.schedule_key_deletion(KeyId=arn, PendingWindowInDays=7)
refused("KMSInvalidStateException", kms.encrypt, KeyId=arn, Plaintext=b"x")
kms.cancel_key_deletion(KeyId=arn)
kms.enable_key(KeyId=arn)

signer = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
how = {"KeyId": signer, "Message": b"hello", "SigningAlgorithm": "ECDSA_SHA_256"}
signature = kms.sign(**how)["Signature"]
assert kms.verify(Signature=signature, **how)["SignatureValid"]
refused("KMSInvalidSignatureException", kms.verify, Signature=signature, **{**how, "Message": b"other"})

user = "arn:aws:iam::111111111111:user/a"
grant = kms.create_grant(
    KeyId=arn,
    GranteePrincipal=user,
    Operations=["Decrypt"],
    Constraints={"EncryptionContextSubset": {"App": "a"}},
)
granted = kms.list_grants(KeyId=arn)["Grants"]
assert [one["GrantId"] for one in granted] == [grant["GrantId"]], granted
kms.retire_grant(GrantToken=grant["GrantToken"])
assert not kms.list_grants(KeyId=arn)["Grants"]

ids = [one["KeyId"] for page in kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 1}) for one in page["Keys"]]
assert sorted(ids) == sorted([key["KeyId"], signer]), ids
assert kms.describe_key(KeyId="alias/aws/dynamodb")["KeyMetadata"]["KeyManager"] == "AWS"
refused("NotFoundException", kms.describe_key, KeyId="alias/none")
refused("UnsupportedOperationException", kms.create_key, MultiRegion=True)
print("done")
