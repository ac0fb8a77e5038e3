package org.mxhooks.retention;

/** What is to be done from time to time, in small steps that nobody waits for. */
interface Task {

    /** Does a step; returns whether there may be more to do now. */
    boolean step() throws Exception;
}
