/**
 * The test kit, for authors of companion modules; not in the WAR.
 *
 * <pre>{@code
 * class NotifierTest {
 *     @AutoClose
 *     private final Companion companion = Companion.of(Map.of("slack.webhook", "http://127.0.0.1:…"), Notifier.class);
 *
 *     @Test
 *     void announcesAStoryThatIsDone() {
 *         companion.given(payload("story-updated.json").with("Story.Status", "Done"))
 *                 .when().delivered()
 *                 .then().done("slack-notifier");
 *     }
 * }
 * }</pre>
 *
 * <p><b>Guarantee.</b> A payload is processed by the same classes as on a server: it is decoded, stored in the inbox,
 * and each matching observer is notified separately, in a transaction and a request context. An observer that a server
 * would refuse, or log a warning for, is refused here. An exception parks the event, and later events of its resource
 * behind it; {@code TryLater} pauses the lane, {@code GiveUp} makes a dead letter; a replay is marked. Writes through
 * {@code java:app/jdbc/mxhooks}, which {@code @Resource} injects, are committed or rolled back with the notification.
 * {@code @ConfigProperty} injects settings.
 *
 * <p><b>Not simulated.</b> There is no server. Enterprise beans are plain beans: no timers, no {@code @RolesAllowed},
 * and {@code @PostConstruct} of a {@code @Startup} bean runs at its first use. Interceptors of the server have no
 * effect, in particular {@code @Transactional}: {@code NOT_SUPPORTED} does not suspend the transaction. There is no
 * persistence context, no JMS, no JAX-RS, no mail session, no JNDI. There is one node, one thread and no clock: no two
 * observers run at the same time, no two events share a transaction, nothing times out, and delays elapse when the test
 * says so. The database is H2 in its PostgreSQL mode. No signature is verified. Test on a server what depends on one of
 * these.
 *
 * <p>Shown by {@code CompanionTest}, and by the companions under {@code src/it}.
 */
package org.mxhooks.testkit;
