package io.gramme.tables.check;

/**
 * Something that a check found.
 *
 * @param subject where: {@code table orders, account 123456789012, region eu-west-1}
 * @param text what is wrong
 * @param remedy what can be done
 */
public record Finding(Severity severity, String subject, String text, String remedy) {
    public enum Severity {
        /** Something that a client can notice is wrong. */
        DAMAGE,
        /** Something that clients do not notice, or that mends itself. */
        NOTE
    }
}
