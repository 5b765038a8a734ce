/** Gramme inside a JVM: clients of the AWS SDK that reach it without sockets. */
@org.jspecify.annotations.NullMarked
package io.gramme.embedded;
