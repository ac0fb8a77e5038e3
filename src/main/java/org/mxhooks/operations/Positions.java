package org.mxhooks.operations;

import java.util.List;
import java.util.OptionalLong;

/**
 * Where a page of deliveries is in the log.
 *
 * @param found the newest first
 * @param next where the next page begins, if this one ends before it is full
 */
record Positions(List<Long> found, OptionalLong next) {}
