/**
 * CDI observer methods as consumers: discovered during the start of CDI, refused with cause and remedy if they could
 * not be notified as declared, and notified one by one, each in its own request context.
 *
 * <p><b>Guarantee.</b> An observer is notified of exactly the events that {@code Event.fire} would deliver to it, by
 * type and qualifiers. Only this package touches CDI's event machinery.
 *
 * <p>Shown by {@code ConsumerDiscoveryTest}, {@code RefusedObserverTest}, {@code NeverMatchingTest} and
 * {@code DeclaredTransactionTest}.
 */
package org.mxhooks.observer;
