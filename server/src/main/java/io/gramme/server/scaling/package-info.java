/** The operations of Application Auto Scaling, and those of DynamoDB on the auto scaling of global tables. */
@NullMarked
package io.gramme.server.scaling;

import org.jspecify.annotations.NullMarked;
