/** Nodes, databases, brokers and senders that are killed, stopped or cut off: nothing acknowledged is lost. */
package org.mxhooks.process.faults;
