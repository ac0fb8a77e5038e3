package org.mxhooks.mendix;

/**
 * What a body is about.
 *
 * @param type {@code story} or {@code sprint}
 * @param id its number, unique within the app
 */
public record Resource(String type, long id) {}
