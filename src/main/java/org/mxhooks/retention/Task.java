package org.mxhooks.retention;

/**
 * What is to be done from time to time, in small steps that nobody waits for.
 *
 * @param name for log lines: a noun, {@code emptying of bodies} for example
 * @param work its steps
 */
record Task(String name, Job work) {

    interface Job {

        /** Does a step; returns whether there may be more to do now. */
        boolean step() throws Exception;
    }
}
