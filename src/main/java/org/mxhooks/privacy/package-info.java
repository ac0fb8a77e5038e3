/**
 * The rights of persons: erasure of one from everything that is kept, and export of what is kept of an app.
 *
 * <p><b>Guarantee.</b> When an erasure is done, no text that was stored before it was started names the person by one
 * of the identifiers: neither in a table that is swept, nor in the memory of a node. What arrives later is new data. A
 * body that was changed says so, its delivery keeps its identity, so that a repetition is still a duplicate.
 *
 * <p><b>Order of the sweep.</b> Bodies first. Then every running node drops its copies and waits for the calls of
 * consumers that began with an old one. Only then what consumers wrote is swept: current states before past versions,
 * as a past version is a copy of what was current.
 *
 * <p><b>Crash windows.</b> None: a step and how far it got are one commit, and a step that is repeated finds nothing
 * left to change. The identifiers are kept with the order while it is open, and removed in the commit that ends it.
 *
 * <p>Shown by {@code ErasureSuite} and {@code AppExportSuite} on H2 and PostgreSQL, and by {@code PrivacyJourneyIT}.
 */
package org.mxhooks.privacy;
