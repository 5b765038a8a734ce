/**
 * Clients that make histories to be checked: they send the service's JSON to any server, in this process or over HTTP,
 * and survive when it is killed.
 */
@NullMarked
package io.gramme.consistency.workload;

import org.jspecify.annotations.NullMarked;
