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
 * <p><b>Guarantee.</b> Each observer method is notified of each event in a JTA transaction of its own, events of one
 * resource in the order in which they were accepted. What it writes through {@code java:app/jdbc/mxhooks} commits
 * together with the note that it was notified: once, also when a node dies in between. What leaves that database
 * (JMS, HTTP, mail, another data source) happens at least once; {@link org.mxhooks.event.WebhookEvent#delivery()} tells
 * a repeat.
 *
 * <p>Shown by {@code DispatchTest} and {@code DeliveryJourneyIT}.
 */
package org.mxhooks.event;
