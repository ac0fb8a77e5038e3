package org.mxhooks.mirror;

import java.util.List;

/**
 * A state of a resource, with the delivery that it comes from.
 *
 * @param <V> its read model
 */
interface Version<V> {

    ResourceKey resource();

    String delivery();

    ResourceState<V> state();

    default V snapshot() {
        ResourceKey key = resource();
        return state().snapshot(key.id(), state().origin().details(key.appId(), delivery(), List.of()));
    }
}
