package io.gramme.kms.key;

import io.gramme.tables.table.AccountRegion;

/** The key policies that are not given by a user. */
public final class KeyPolicies {
    private KeyPolicies() {}

    /** Of a key that is made without one: it opens the key to the account, whose identity policies then decide. */
    public static String ofNew(String account) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:aws:iam::%s:root"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(account);
    }

    /** Of an AWS managed key: DynamoDB uses it for the account, which itself may only look at it. */
    static String ofManaged(AccountRegion home) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "auto-dynamodb-1",
                  "Statement" : [ {
                    "Sid" : "Allow use through DynamoDB by the principals of the account",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "*"
                    },
                    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant",\
                 "kms:DescribeKey" ],
                    "Resource" : "*",
                    "Condition" : {
                      "StringEquals" : {
                        "kms:CallerAccount" : "%1$s",
                        "kms:ViaService" : "dynamodb.%2$s.amazonaws.com"
                      }
                    }
                  }, {
                    "Sid" : "Allow the account to read the metadata of the key",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:aws:iam::%1$s:root"
                    },
                    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*" ],
                    "Resource" : "*"
                  } ]
                }""".formatted(home.account(), home.region());
    }
}
