package io.gramme.security.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The condition keys that this server knows, and which of them have several values. Names are in lower case. */
public final class ConditionKeys {
    /** Computed from the items and names that a request touches; the guide calls them fine-grained access control. */
    private static final List<String> OF_REQUESTS = List.of(
            "dynamodb:attributes",
            "dynamodb:enclosingoperation",
            "dynamodb:firstpartitionkeyvalues",
            "dynamodb:fourthpartitionkeyvalues",
            "dynamodb:fulltablescan",
            "dynamodb:leadingkeys",
            "dynamodb:returnconsumedcapacity",
            "dynamodb:returnvalues",
            "dynamodb:secondpartitionkeyvalues",
            "dynamodb:select",
            "dynamodb:thirdpartitionkeyvalues");

    private static final Set<String> KNOWN = Set.of(
            "aws:calledvia",
            "aws:calledviafirst",
            "aws:calledvialast",
            "aws:currenttime",
            "aws:ec2instancesourcevpc",
            "aws:epochtime",
            "aws:federatedprovider",
            "aws:multifactorauthage",
            "aws:multifactorauthpresent",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalisawsservice",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalservicename",
            "aws:principalservicenameslist",
            "aws:principaltype",
            "aws:referer",
            "aws:requestedregion",
            "aws:resourceaccount",
            "aws:resourceorgid",
            "aws:resourceorgpaths",
            "aws:securetransport",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceidentity",
            "aws:sourceip",
            "aws:sourceorgid",
            "aws:sourceorgpaths",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:tagkeys",
            "aws:tokenissuetime",
            "aws:useragent",
            "aws:userid",
            "aws:username",
            "aws:viaawsservice",
            "aws:vpcsourceip",
            "dynamodb:fisactionid",
            "dynamodb:fistargetarns",
            "iam:associatedresourcearn",
            "iam:awsservicename",
            "iam:passedtoservice",
            "iam:permissionsboundary",
            "iam:policyarn",
            "iam:resourcetag",
            "sts:externalid",
            "sts:rolesessionname",
            "sts:sourceidentity",
            "sts:transitivetagkeys");

    private static final Set<String> MULTIVALUED = Set.of(
            "aws:calledvia",
            "aws:principalorgpaths",
            "aws:principalservicenameslist",
            "aws:resourceorgpaths",
            "aws:sourceorgpaths",
            "aws:tagkeys",
            "dynamodb:attributes",
            "dynamodb:firstpartitionkeyvalues",
            "dynamodb:fistargetarns",
            "dynamodb:fourthpartitionkeyvalues",
            "dynamodb:leadingkeys",
            "dynamodb:secondpartitionkeyvalues",
            "dynamodb:thirdpartitionkeyvalues",
            "kms:encryptioncontextkeys",
            "kms:grantoperations",
            "kms:resourcealiases",
            "sts:transitivetagkeys");

    private static final List<String> OF_TAGS =
            List.of("aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "iam:resourcetag/");

    private ConditionKeys() {}

    /** The form of names in which they are compared: names of keys and of actions have no case. */
    public static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether requests can have several values of a key, given in lower case. It is a property of the key: one value of
     * such a key is still a set.
     */
    public static boolean isMultivalued(String key) {
        return MULTIVALUED.contains(key);
    }

    /** Whether a key, given in lower case, is known; of services other than DynamoDB, IAM and STS all are. */
    public static boolean isKnown(String key) {
        String service = key.substring(0, Math.max(0, key.indexOf(':')));
        return KNOWN.contains(key)
                || OF_REQUESTS.contains(key)
                || OF_TAGS.stream().anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length())
                || !Set.of("aws", "dynamodb", "iam", "sts", "").contains(service);
    }

    /** Whether a key, given in lower case, is computed from the items and names that a request touches. */
    public static boolean isOfRequests(String key) {
        return OF_REQUESTS.contains(key);
    }
}
