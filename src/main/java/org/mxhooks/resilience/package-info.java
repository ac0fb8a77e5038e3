/**
 * What protects consumers from each other and from a far end that fails: a plain library.
 *
 * <p>Shown by {@code TurnsTest} and {@code CircuitBreakerTest}.
 */
package org.mxhooks.resilience;
