/**
 * The portal's stand-in for developing, testing and demonstrating without Mendix: apps with sprints and stories, their
 * webhooks, and a sender; a program of its own, not in the WAR.
 *
 * <p><b>Guarantee.</b> A change and its deliveries are one commit. Each delivery is sent at least once, with the same
 * id and bytes on every attempt, also after the process was killed. Deliveries about one resource are sent in order:
 * one that fails holds back the later ones of its resource and nothing else, until it is given up. {@code UpdatedAt} of
 * a resource increases strictly, whatever the clock does. A play with a seed and a start always makes the same bodies.
 *
 * <p>Shown by {@code BoardTest}, {@code CourierTest}, {@code TeamTest}, {@code SameOriginTest} and
 * {@code PortalInputTest}, across kills by {@code PortalProcessIT}, and the page by {@code PageIT}.
 */
package org.mxhooks.portal;
