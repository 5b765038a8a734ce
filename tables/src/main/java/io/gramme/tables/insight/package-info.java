/** Contributor Insights: which keys of tables and indexes are used most, and which are throttled. */
@NullMarked
package io.gramme.tables.insight;

import org.jspecify.annotations.NullMarked;
