/**
 * The published language: the events that a companion module observes and the annotations that select them.
 *
 * <p>This is the only API of mxhooks; it is packaged as {@code mxhooks-api.jar}. An observer is an ordinary CDI
 * observer method:
 *
 * <pre>{@code
 * void remember(@Observes @Updated StoryEvent event) { … }            // one type, one action
 * void watch(@Observes @Category("stories") WebhookEvent event) { … } // a category
 * void audit(@Observes WebhookEvent event) { … }                      // everything, also what is not known yet
 * }</pre>
 *
 * <p>CDI defines which events an observer is notified of: by type, supertype or type variable, and by these qualifiers.
 * Beans of CDI and of EJB may observe. Where an observer would be skipped or its declaration would not hold, the
 * deployment is refused, naming the method and the remedy: {@code @ObservesAsync}, {@code during} other than
 * {@code IN_PROGRESS}, {@code Reception.IF_EXISTS}, an {@code EventMetadata} parameter, a session- or
 * conversation-scoped bean, {@code @Asynchronous}, the transaction types {@code REQUIRES_NEW} and {@code NEVER},
 * bean-managed transactions, a method of an enterprise bean that is neither static nor a business method. One message
 * has all that is refused. An observer that no event can match, {@code @Created @Updated} for example, is warned of.
 *
 * <p><b>Transaction.</b> Each observer method is a consumer of its own, notified in a JTA transaction and with a
 * request context, on a thread of the server's. What it writes through {@code java:app/jdbc/mxhooks}, by JDBC or JPA,
 * commits together with the note that it was notified: once, also when a node dies in between. Several events may share
 * a transaction; where it fails they are repeated one by one, so a method may have been called for an event whose
 * transaction was then rolled back. With {@code @Transactional(NOT_SUPPORTED)} nothing is shared.
 *
 * <p><b>Order.</b> Events of one story or sprint come in the order in which they were accepted, one after the other, on
 * whatever node. Events of different ones come at the same time, and two consumers know nothing of each other:
 * {@code @Priority} gives no order between them. The portal may send late: an older state than one that was seen tells
 * itself by {@link org.mxhooks.event.WebhookEvent#updatedAt()}.
 *
 * <p><b>Once in effect, and where that ends.</b> What leaves that database happens at least once: an HTTP call, a mail,
 * a JMS message, a file, a row in another database. The node may die after the call and before the commit, and then the
 * call is made again, with the same {@link org.mxhooks.event.WebhookEvent#delivery()}. So have the far end drop a
 * repeat by that id, or look there before you create, or write what is absolute (<em>the status is Done</em>) instead
 * of what is relative (<em>one more is done</em>). There is no XA: what another data source does is no part of the
 * commit.
 *
 * <p><b>Failure.</b> Whatever the method throws, checked or not, rolls back and <em>parks</em> the event: it is tried
 * again after 1 s, 2 s, 4 s … up to an hour, for {@code mxhooks.retry.for} (3 days), then it is a dead letter, which an
 * operator may replay. Later events of the same story or sprint wait behind it, others go on.
 * {@link org.mxhooks.event.TryLater} says that the far end is away, {@link org.mxhooks.event.GiveUp} that it will never
 * work.
 *
 * <p><b>Time.</b> A notification may take {@code mxhooks.consumer.timeout} (1 minute), its transaction nine tenths of
 * that. Then its thread is given up where it is, the event is parked, and another thread takes over: so give every call
 * to a far end a time-out of its own. A consumer has four threads; while four hang four more work, and while those hang
 * too it stands still, and nobody else.
 *
 * <p><b>Versions.</b> The package follows semantic versioning: what was compiled against <i>x.y</i> runs on every later
 * <i>x.z</i>. Only mxhooks implements the events, so a minor version may give them another method.
 *
 * <p>Shown by {@code ConsumerDiscoveryTest}, {@code RefusedObserverTest}, {@code NeverMatchingTest},
 * {@code DispatchEmbeddedIT}, {@code CompanionJourneyIT} and {@code CompanionsIT}.
 */
package org.mxhooks.event;
