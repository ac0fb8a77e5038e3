/**
 * The published language: the events that a companion module observes and the annotations that select them.
 *
 * <p>This is the only API of mxhooks; it is packaged as {@code mxhooks-api.jar} and follows semantic versioning. An
 * observer is an ordinary CDI observer method:
 *
 * <pre>{@code
 * void remember(@Observes @Updated StoryEvent event) { … }            // one type, one action
 * void watch(@Observes @Category("stories") WebhookEvent event) { … } // a category
 * void audit(@Observes WebhookEvent event) { … }                      // everything, also what is not known yet
 * }</pre>
 *
 * <p>CDI defines which events an observer is notified of: by type, supertype or type variable, and by these
 * qualifiers. Beans of CDI and of EJB may observe. Where an observer would be skipped or its declaration would not
 * hold, the deployment is refused, naming the method and the remedy: {@code @ObservesAsync}, {@code during} other than
 * {@code IN_PROGRESS}, {@code Reception.IF_EXISTS}, an {@code EventMetadata} parameter, a session- or
 * conversation-scoped bean, {@code @Asynchronous}, the transaction types {@code REQUIRES_NEW} and {@code NEVER},
 * bean-managed transactions.
 *
 * <p><b>Guarantee.</b> Each observer method is notified of each event in a JTA transaction of its own, events of one
 * resource in the order in which they were accepted. What it writes through {@code java:app/jdbc/mxhooks} commits
 * together with the note that it was notified: once, also when a node dies in between. What leaves that database
 * (JMS, HTTP, mail, another data source) happens at least once; {@link org.mxhooks.event.WebhookEvent#delivery()} tells
 * a repeat.
 *
 * <p>Shown by {@code ConsumerDiscoveryTest}, {@code RefusedObserverTest}, {@code DispatchEmbeddedIT} and
 * {@code CompanionJourneyIT}.
 */
package org.mxhooks.event;
