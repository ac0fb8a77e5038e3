package org.mxhooks.inbox;

/** Positions from the first to the last, both included; not each of them has to be a delivery's. */
public record Span(long first, long last) {}
