/**
 * The engine: consumers follow the log. Resources are hashed into lanes; each (consumer, lane) has a cursor, which the
 * node that has claimed the lane moves. Consumers implement {@link org.mxhooks.dispatch.EventConsumer};
 * {@link org.mxhooks.dispatch.Engine} pauses, resumes and removes them.
 *
 * <p><b>Guarantee.</b> A consumer is notified in a JTA transaction whose last statement moves the cursor, if cursor and
 * token are still those of the claim. What it writes through {@code java:app/jdbc/mxhooks} therefore takes effect once
 * and in order, even if the node dies at any moment or is presumed dead while it works. Several events, of several
 * lanes, may share a transaction; if it fails they are repeated lane by lane, then one by one.
 *
 * <p>A failed event is parked: it is retried with growing delays, for {@code mxhooks.retry.for}, and then becomes a
 * dead letter. Later events of the same resource wait behind it; other resources and other consumers continue.
 * {@link org.mxhooks.event.TryLater} pauses the lane instead, {@link org.mxhooks.event.GiveUp} makes a dead letter
 * immediately.
 *
 * <p><b>Turns.</b> The consumers of a node share its threads and connections: each has up to four turns at a time, of
 * up to 200 ms, when it comes to it. A call that runs for longer than {@code mxhooks.consumer.timeout} is given up: its
 * connections to PostgreSQL are cut, unless they are of the server's own data source, and its event is parked. When
 * more than eight calls last for more than a second, one that has lasted for 5 s is given up, so that no other consumer
 * waits for longer. A consumer of which eight calls hang makes no progress.
 *
 * <p><b>Calls.</b> A consumer that {@linkplain org.mxhooks.dispatch.AsyncConsumer answers later} has no turn while a
 * call of it is under way. Calls that have succeeded, of all consumers, are recorded together; each lane has one at a
 * time, until that is recorded. They are bounded for each consumer and for the node, and wait for those who accept
 * deliveries.
 *
 * <p><b>Crash windows.</b> Before the commit: neither effect nor cursor is stored; the next owner of the lane notifies
 * again. After the commit: both are stored, even if the answer to the commit was lost. An attempt at a parked event is
 * counted before it is made, so an attempt that kills the node counts. The first event beyond a cursor is parked
 * without an attempt when the lane is claimed for the third time, since it may have killed the nodes. Effects outside
 * the transaction's database may be repeated.
 *
 * <p>Shown by {@code DispatchSuite}, {@code FailureSuite}, {@code UncountedFailureSuite}, {@code CrowdSuite},
 * {@code SharedTurnSuite}, {@code ReplaySuite}, {@code AsyncConsumerSuite}, {@code IdleNodeSuite} and
 * {@code CrashSuite} on H2 and PostgreSQL, {@code LaneModelTest} and {@code SharedTurnModelTest} and
 * {@code RecordedCallsModelTest} and {@code RunTimeConsumerModelTest} for the protocol, {@code TwoNodesIT},
 * {@code VanishedNodeIT}, {@code CrowdIT} and {@code KillIT} with processes.
 */
package org.mxhooks.dispatch;
