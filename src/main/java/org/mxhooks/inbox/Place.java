package org.mxhooks.inbox;

/**
 * A place in a lane of the log.
 *
 * @param lane number of the lane
 * @param position of the last delivery before the place, or any number between it and the next
 */
public record Place(int lane, long position) {}
