/** The part of CloudWatch that reads metrics: ListMetrics, GetMetricStatistics and GetMetricData. */
@NullMarked
package io.gramme.monitoring.cloudwatch;

import org.jspecify.annotations.NullMarked;
