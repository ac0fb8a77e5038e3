package org.mxhooks.access;

/**
 * Who says to have sent a request.
 *
 * @param user the name; as sent where the log-in failed
 * @param genuine whether the password was right
 */
record Login(String user, boolean genuine) {}
