package org.mxhooks.dispatch;

import java.util.Collection;

/** Where consumers come from; every CDI bean of this type is asked. */
public interface ConsumerSource {

    /** The consumers that this node has. */
    Collection<? extends EventConsumer> consumers();
}
