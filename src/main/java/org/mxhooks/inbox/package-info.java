/**
 * The append-only log of authentic deliveries.
 *
 * <p><b>Guarantee.</b> A {@link org.mxhooks.inbox.Receipt.Accepted} delivery is on disk; one that carries the same
 * identity again is a {@link org.mxhooks.inbox.Receipt.Duplicate}, whichever node it reaches. Positions rise in the
 * order of commits on any number of nodes: who has read position <i>n</i> never sees a smaller one appear. Gaps mean
 * nothing.
 *
 * <p><b>Crash window.</b> Between the commit and the answer: the delivery is kept, its sender does not know. If it
 * sends it again, it gets a duplicate receipt.
 *
 * <p><b>Upgrade.</b> Lanes are stored. A delivery that an earlier release logged without a resource is decoded anew
 * when dispatch reads it: src/site/markdown/adr/0021-lanes-outlive-the-decoder.md.
 *
 * <p>Shown by {@code InboxTest} and {@code AgedFileEmbeddedIT} on H2, {@code InboxPostgresIT} on PostgreSQL,
 * {@code RecoveryEmbeddedIT} after faults, {@code KillIT} on a killed server.
 */
package org.mxhooks.inbox;
