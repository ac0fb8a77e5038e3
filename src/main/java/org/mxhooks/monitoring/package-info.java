/**
 * What monitoring asks: {@code /health}, open to everybody, and {@code /metrics}, for those who may look at
 * {@code /api}.
 *
 * <p><b>Guarantee.</b> Neither hangs nor fails while the database does: it is asked on one thread at a time, for two
 * seconds, and what it said is good for another. {@code /health} tells which part is away and nothing else; labels of
 * meters are names of endpoints and consumers and fixed words, never what somebody sent.
 *
 * <p>Shown by {@code HealthEmbeddedIT}, {@code MetricsTest} and {@code CachedProbeTest} in-JVM,
 * {@code MonitoringJourneyIT} on the servers and {@code DatabaseAwayIT} without a database.
 */
package org.mxhooks.monitoring;
