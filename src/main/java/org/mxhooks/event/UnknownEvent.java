package org.mxhooks.event;

/**
 * An authentic event of a kind that this version has no type for, or about a story or sprint without a usable id. A
 * test of the portal's is one too. Its content is in {@link #json()}, any JSON object. It is ordered only among events
 * of its category and app.
 */
public interface UnknownEvent extends WebhookEvent {}
