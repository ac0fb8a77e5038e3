/**
 * The API for companion modules: the events that they observe, and the annotations that select them.
 *
 * <p>This is the only API of mxhooks; it is packaged as {@code mxhooks-api.jar}. An observer is an ordinary CDI
 * observer method:
 *
 * <pre>{@code
 * void remember(@Observes @Updated StoryEvent event) { … }            // one type, one action
 * void page(@Observes @Critical AlertEvent alert) { … }               // the portal's words
 * void watch(@Observes @Category("stories") WebhookEvent event) { … } // a category
 * void audit(@Observes WebhookEvent event) { … }                      // everything, including categories without an event type
 * }</pre>
 *
 * <p>CDI defines which events an observer is notified of: by type, supertype or type variable, and by these qualifiers.
 * CDI beans and EJBs can observe. Observers that would be skipped, or whose declaration could not be honoured, stop the
 * deployment, with one message that lists all of them with method and remedy: {@code @ObservesAsync}, {@code during}
 * other than {@code IN_PROGRESS}, {@code Reception.IF_EXISTS}, an {@code EventMetadata} parameter, a session- or
 * conversation-scoped bean, {@code @Asynchronous}, the transaction types {@code REQUIRES_NEW} and {@code NEVER},
 * bean-managed transactions, a method of an enterprise bean that is neither static nor a business method. For an
 * observer that no event can match, {@code @Created @Updated} for example, a warning is logged.
 *
 * <p><b>Transaction.</b> Each observer method is a consumer, notified in a JTA transaction and with a request context,
 * on a thread of the server. What it writes through {@code java:app/jdbc/mxhooks}, by JDBC or JPA, is committed
 * together with its cursor: once, even if a node dies in between. Several events may share a transaction; if it fails
 * they are repeated one by one, so a method may be called for an event whose transaction is then rolled back. With
 * {@code @Transactional(NOT_SUPPORTED)} no transaction is shared.
 *
 * <p><b>Order.</b> Events of one story, sprint, branch or package of an app, and alerts of one service of an
 * environment, are notified in the order in which they were accepted, one after the other, on any number of nodes.
 * Events of different resources are notified concurrently, and consumers are independent: {@code @Priority} does not
 * order them. The portal may send an older state late: compare {@link org.mxhooks.event.WebhookEvent#updatedAt()}.
 *
 * <p><b>Once in effect, and the limits.</b> Effects outside that database happen at least once: an HTTP call, a mail, a
 * JMS message, a file, a row in another database. A node may die after the call and before the commit; then the call is
 * repeated, with the same {@link org.mxhooks.event.WebhookEvent#delivery()}. Let the remote system discard duplicates
 * by that id, or search before you create, or write absolute values (<em>the status is Done</em>) instead of relative
 * ones (<em>one more is done</em>). There is no XA: another data source does not take part in the commit.
 *
 * <p><b>Failure.</b> An exception, checked or not, rolls back the transaction and <em>parks</em> the event: it is
 * retried after 1 s, 2 s, 4 s … up to an hour, for {@code mxhooks.retry.for} (3 days), and then becomes a dead letter,
 * which an operator can replay. Later events of the same story, sprint, branch, package or service wait behind it; all
 * others continue. Throw {@link org.mxhooks.event.TryLater} if a remote system is unavailable,
 * {@link org.mxhooks.event.GiveUp} if the event can never succeed.
 *
 * <p><b>Time.</b> A notification may take {@code mxhooks.consumer.timeout} (1 minute), its transaction nine tenths of
 * that. After that its thread is abandoned, the event is parked, and another thread continues; on PostgreSQL that
 * mxhooks connects to itself, the connections of {@code java:app/jdbc/mxhooks} that the thread has in a transaction are
 * cut, so that its locks are released. Set a time-out on every call to a remote system. While more than eight calls on
 * a node last for more than a second, one may be abandoned after 5 s, so that other consumers get their turn. If eight
 * threads of a consumer hang, it makes no progress, but all others do.
 *
 * <p><b>Versions.</b> The package follows semantic versioning: a module that was compiled against <i>x.y</i> runs on
 * every later <i>x.z</i>. Only mxhooks implements the events, so a minor version may add methods to them.
 *
 * <p>Shown by {@code ConsumerDiscoveryTest}, {@code RefusedObserverTest}, {@code NeverMatchingTest},
 * {@code DispatchEmbeddedIT}, {@code CompanionJourneyIT} and {@code CompanionsIT}.
 */
package org.mxhooks.event;
