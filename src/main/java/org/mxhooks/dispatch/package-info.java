/**
 * Consumers follow the log. A consumer is one CDI observer method; the resources are hashed into lanes, and each (consumer,
 * lane) has a cursor, which the node that holds the lane's lease moves.
 *
 * <p><b>Guarantee.</b> An observer is notified in a JTA transaction whose last statement moves the cursor, if the token is
 * still the one that the lane was claimed with. So what it writes through {@code java:app/jdbc/mxhooks} takes effect once and in
 * order, also when the node dies at any moment or is presumed dead while it works. A consumer that throws stops its own
 * lane, where the delivery is tried again every few seconds; other lanes and other consumers go on.
 *
 * <p><b>Crash windows.</b> Before the commit: neither effect nor cursor is there, the lane's next owner notifies again. After it:
 * both are, also where the answer to the commit was lost: a cursor does not move twice over one event. What the observer did
 * outside the transaction's database may be repeated.
 *
 * <p>Shown by {@code DispatchTest}, {@code DispatchPostgresIT} and {@code KillIT}.
 */
package org.mxhooks.dispatch;
