package org.mxhooks.mirror;

/**
 * A state of a resource, with the delivery that it comes from.
 *
 * @param <V> its read model
 */
interface Version<V> {

    V snapshot();
}
