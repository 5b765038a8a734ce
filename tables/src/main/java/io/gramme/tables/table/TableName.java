package io.gramme.tables.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.TableErrors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table within an account and region. A client may give the table's ARN wherever it may give the name.
 *
 * <p>An ARN of another region is rejected, because a request cannot leave the region that its signature names. So is
 * one of another account, because only a resource-based policy of that account could allow it. Both were measured.
 */
public record TableName(AccountRegion accountRegion, String name) {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 255;

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:dynamodb:([^:/]*):([^:/]*):([^/]*)/(.*)");

    /** The table that {@code given}, a name or an ARN, denotes for a client of {@code caller}. */
    public static TableName parse(AccountRegion caller, String given) {
        if (given.startsWith("arn:")) {
            return ofArn(caller, given);
        }
        requirePlain(given);
        return new TableName(caller, given);
    }

    /** The table of a stream, from the stream's ARN; the ARN's part about the stream begins at {@code end}. */
    public static TableName ofStream(AccountRegion caller, String arn, int end) {
        Matcher parts = ARN.matcher(arn.substring(0, end));
        if (parts.matches() && !parts.group(1).equals(caller.region())) {
            throw TableErrors.arnOfOtherRegion(arn);
        }
        return parse(caller, arn.substring(0, end));
    }

    /** Whether {@code name} is a valid table name: 3 to 255 characters out of {@code [a-zA-Z0-9_.-]}. */
    public static boolean isPlain(String name) {
        return name.length() >= SHORTEST && name.length() <= LONGEST && hasPlainCharacters(name);
    }

    /** A loop, not a stream: each request asks this. */
    private static boolean hasPlainCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void requirePlain(String name) {
        if (isPlain(name)) {
            return;
        }
        boolean clean = !name.isEmpty() && hasPlainCharacters(name);
        if (name.length() < SHORTEST) {
            throw TableErrors.nameTooShort(name, !clean);
        }
        if (name.length() > LONGEST) {
            throw TableErrors.nameTooLong(name, !clean);
        }
        throw TableErrors.nameUnclean(name);
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '.'
                || character == '-';
    }

    private static TableName ofArn(AccountRegion caller, String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw TableErrors.badTableArn();
        }
        if (!parts.group(1).equals(caller.region())) {
            throw TableErrors.arnOfOtherRegion(arn);
        }
        if (!parts.group(2).equals(caller.account())) {
            throw TableErrors.arnOfOtherAccount();
        }
        if (!parts.group(3).equals("table") || parts.group(4).contains("/")) {
            throw TableErrors.arnOfOtherResource(arn);
        }
        if (!isPlain(parts.group(4))) {
            throw TableErrors.badTableArn();
        }
        return new TableName(caller, parts.group(4));
    }

    /** Identifies the table among those of all accounts and regions; {@link #fromBytes} reads it. */
    Bytes toBytes() {
        return Bytes.utf8(String.join("/", accountRegion.account(), accountRegion.region(), name));
    }

    static TableName fromBytes(Bytes bytes) {
        String[] parts = new String(bytes.shared(), UTF_8).split("/", 3);
        return new TableName(new AccountRegion(parts[0], parts[1]), parts[2]);
    }

    public String arn() {
        return accountRegion.tableArn(name);
    }
}
