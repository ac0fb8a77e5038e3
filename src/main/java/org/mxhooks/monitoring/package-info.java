/**
 * Health and metrics: {@code /health}, open to everybody, and {@code /metrics}, for the users of {@code /api}.
 *
 * <p><b>Guarantee.</b> Neither hangs nor fails while the database does: it is probed on one thread at a time, for two
 * seconds, and a result is valid for one. {@code /health} names the parts that are down and why, and nothing else;
 * labels of meters are names of endpoints and consumers and fixed words, never what somebody sent.
 *
 * <p>Shown by {@code HealthEmbeddedIT}, {@code MetricsTest} and {@code CachedProbeTest} in-JVM,
 * {@code MonitoringJourneyIT} on the servers and {@code DatabaseOutageIT} without a database.
 */
package org.mxhooks.monitoring;
