package org.mxhooks.privacy;

/**
 * What an erasure met in one place.
 *
 * @param place for people: {@code bodies} for example
 * @param rows how many rows were looked at
 * @param named how many of them named the person when they were counted
 * @param changed how many were changed
 */
public record PlaceCount(String place, long rows, long named, long changed) {}
