/**
 * The test kit, for authors of companion modules; not in the WAR.
 *
 * <pre>{@code
 * class NotifierTest {
 *     @AutoClose
 *     private final Companion companion = Companion.of(Map.of("slack.webhook", "http://127.0.0.1:…"), Notifier.class);
 *
 *     @Test
 *     void tellsOfAStoryThatIsDone() {
 *         companion.given(payload("story-updated.json").with("Story.Status", "Done"))
 *                 .when().delivered()
 *                 .then().done("slack-notifier");
 *     }
 * }
 * }</pre>
 *
 * <p><b>Guarantee.</b> A payload goes the way that it goes on a server, through the same classes: it is decoded, kept
 * in the inbox, and each observer that it matches is notified alone, in a transaction and a request context. An
 * observer that a server's deployment would refuse, or warn of, is refused here. What it throws parks the event, with
 * later ones of the resource behind it; {@code TryLater} pauses the lane, {@code GiveUp} makes a dead letter; a replay
 * is marked. What it writes through {@code java:app/jdbc/mxhooks}, which is injected by {@code @Resource}, commits or
 * rolls back with its notification. Settings are injected by {@code @ConfigProperty}.
 *
 * <p><b>Not simulated.</b> There is no server: enterprise beans are plain beans (no timers, no {@code @RolesAllowed},
 * and {@code @PostConstruct} of a {@code @Startup} bean runs at its first use); interceptors of the server,
 * {@code @Transactional} first of all, do nothing, so {@code NOT_SUPPORTED} suspends nothing; there is no persistence
 * context, no JMS, no JAX-RS, no mail session, no JNDI. There is one node, one thread and no clock: no two observers
 * run at the same time, no two events share a transaction, nothing times out, and delays pass when the test says so.
 * The database is H2 in its PostgreSQL mode, not PostgreSQL. No signature is checked. What depends on one of these is
 * tested on a server.
 *
 * <p>Shown by {@code CompanionTest}, and by the companions under {@code src/it}.
 */
package org.mxhooks.testkit;
