/**
 * A model of the lane protocol, explored exhaustively: src/site/markdown/adr/0005-the-lane-protocol.md.
 * {@code Protocol} says which statements an owner sends, {@code Steps} what may happen in a state, {@code Weakness}
 * what is left out to see the model fail.
 */
package org.mxhooks.dispatch.model;
