/**
 * The metrics of tables by the names of CloudWatch: how requests record them, and how they are kept by minutes. It knows
 * no HTTP.
 */
@NullMarked
package io.gramme.monitoring;

import org.jspecify.annotations.NullMarked;
