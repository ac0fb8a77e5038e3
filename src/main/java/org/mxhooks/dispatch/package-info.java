/**
 * Consumers follow the log. A consumer is one CDI observer method; the resources are hashed into lanes, and each
 * (consumer, lane) has a cursor, which the node that holds the lane's lease moves. {@link org.mxhooks.dispatch.Engine}
 * is the door for operators.
 *
 * <p><b>Guarantee.</b> An observer is notified in a JTA transaction whose last statement moves the cursor from where it
 * stood, if the token is still the one that the lane was claimed with. So what it writes through
 * {@code java:app/jdbc/mxhooks} takes effect once and in order, also when the node dies at any moment or is presumed
 * dead while it works. Several events of a lane may share a transaction; where it fails they are repeated one by one.
 *
 * <p>An event on which a consumer fails is parked: it is tried again with growing delays, for
 * {@code mxhooks.retry.for}, then it is a dead letter. Later events of the same resource wait behind it; other
 * resources and other consumers go on. {@link org.mxhooks.event.TryLater} stops the lane for a while instead,
 * {@link org.mxhooks.event.GiveUp} buries at once. A consumer has four threads of its own; one that is at work for
 * longer than {@code mxhooks.consumer.timeout} is given up with its event, and replaced, until four hang.
 *
 * <p><b>Crash windows.</b> Before the commit: neither effect nor cursor is there, the lane's next owner notifies again.
 * After it: both are, also where the answer to the commit was lost. An attempt at a parked event is counted before it
 * is made, so one that takes the node down counts. What takes its nodes down as the first thing beyond a cursor is
 * parked unattempted when the lane is claimed for the third time. What the observer did outside the transaction's
 * database may be repeated.
 *
 * <p>Shown by {@code DispatchSuite}, {@code FailureSuite}, {@code ReplaySuite} and {@code CrashSuite} on H2 and
 * PostgreSQL, {@code LaneModelTest} for the protocol, {@code TwoNodesIT} and {@code KillIT} with processes.
 */
package org.mxhooks.dispatch;
