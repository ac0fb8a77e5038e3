/**
 * What protects callers from a far end that fails: a plain library, for consumers whose effect is elsewhere.
 *
 * <p>Shown by {@code CircuitBreakerTest}.
 */
package org.mxhooks.resilience;
