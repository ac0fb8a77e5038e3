package org.mxhooks.api;

/**
 * Who says to have sent a request.
 *
 * @param user the name; as sent where the log-in failed
 * @param genuine whether the password was right
 */
record Login(String user, boolean genuine) {

    /** The property of a request that holds it; none where no user was named. */
    static final String PROPERTY = Login.class.getName();
}
