package org.mxhooks.event;

/**
 * Authentic news of a kind that this version has no type for, or a story or sprint without a usable id. Its meaning is
 * in {@link #json()}, any JSON object; it has no order but among those of its category and app.
 */
public interface UnknownEvent extends WebhookEvent {}
