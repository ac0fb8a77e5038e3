package org.mxhooks.mirror;

/**
 * The state of a resource from an event on; never changed afterwards.
 *
 * @param <V> the read model
 */
interface ResourceState<V> {

    Origin origin();

    V snapshot(long id, VersionDetails version);
}
