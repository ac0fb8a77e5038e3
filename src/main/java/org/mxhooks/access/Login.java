package org.mxhooks.access;

/**
 * A login that a request claims.
 *
 * @param user name of the user; unverified if the login failed
 * @param genuine whether the password was correct
 */
record Login(String user, boolean genuine) {}
