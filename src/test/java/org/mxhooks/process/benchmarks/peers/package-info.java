/**
 * mxhooks beside the receivers under {@code src/bench}, in turns on one PostgreSQL: {@code mvn verify -Pbench}. The
 * page {@code performance.md} describes what is compared, and how.
 */
package org.mxhooks.process.benchmarks.peers;
