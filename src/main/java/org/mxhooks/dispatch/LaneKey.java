package org.mxhooks.dispatch;

/** A lane of a consumer. */
record LaneKey(String consumer, int lane) {}
