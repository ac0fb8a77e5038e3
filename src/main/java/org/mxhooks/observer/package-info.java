/**
 * CDI observer methods as consumers: found among the deployment's beans while CDI starts, refused with reason and
 * remedy where they could not be notified as declared, and notified alone, each in a request context of its own.
 *
 * <p><b>Guarantee.</b> An observer is notified of exactly the events that {@code Event.fire} would bring to it, by its
 * type and qualifiers. Only this room touches CDI's event machinery.
 *
 * <p>Shown by {@code ConsumerDiscoveryTest}, {@code RefusedObserverTest}, {@code NeverMatchingTest} and
 * {@code DeclaredTransactionTest}.
 */
package org.mxhooks.observer;
