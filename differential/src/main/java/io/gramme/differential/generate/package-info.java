/** Random requests by someone who knows DynamoDB, and ways to spoil them. */
@NullMarked
package io.gramme.differential.generate;

import org.jspecify.annotations.NullMarked;
