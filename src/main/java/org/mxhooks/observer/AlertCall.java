package org.mxhooks.observer;

/**
 * The call of an observer of alarms.
 *
 * @param observer the bean class's name, for the log
 * @param work notifies it, within a request context of its own; throws what it throws
 */
public record AlertCall(String observer, Runnable work) {}
