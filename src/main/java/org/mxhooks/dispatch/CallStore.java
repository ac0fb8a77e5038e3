package org.mxhooks.dispatch;

import java.util.List;

/** Where calls that have succeeded are recorded together. For one thread at a time. */
interface CallStore extends AutoCloseable {

    /**
     * Commits the move of each cursor, if the lane is still where and whose it was, no other transaction is about to
     * move it, and what was passed stands in the log; with the row of each that moved.
     *
     * @param calls in the order in which their lanes are locked
     * @return those that were recorded
     * @throws Exception if none was, or that is unknown
     */
    List<RecordableCall> record(List<RecordableCall> calls) throws Exception;

    @Override
    void close();
}
