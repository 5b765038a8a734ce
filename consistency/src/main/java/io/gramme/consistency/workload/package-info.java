/**
 * Clients that make histories to be checked: they speak the service's JSON to whatever answers it, in this process or over
 * HTTP, and live on when it is killed.
 */
@NullMarked
package io.gramme.consistency.workload;

import org.jspecify.annotations.NullMarked;
