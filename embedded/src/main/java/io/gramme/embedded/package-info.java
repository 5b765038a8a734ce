/** Gramme inside a JVM: clients of the AWS SDK that reach it without sockets. */
@NullMarked
package io.gramme.embedded;

import org.jspecify.annotations.NullMarked;
