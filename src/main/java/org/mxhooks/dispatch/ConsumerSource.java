package org.mxhooks.dispatch;

import java.util.Collection;

/**
 * Where consumers come from. Every CDI bean of this type is asked when the node starts to dispatch and every few
 * seconds from then on, on one thread.
 *
 * <p>A consumer that is new among the answers is registered, and its lanes are shared with the other nodes that have
 * it. One that is missing is drained: it is notified of nothing more here, running notifications end, then its lanes
 * are released to other nodes. Its cursors and unfinished work stay, until it is deployed again or
 * {@linkplain Engine#retire retired}. One that has changed is drained and replaced.
 */
public interface ConsumerSource {

    /**
     * The consumers that this node is to have now.
     *
     * @throws Exception if that is unknown at the moment; nothing changes then for the consumers that it had before
     */
    Collection<? extends EventConsumer> consumers() throws Exception;
}
