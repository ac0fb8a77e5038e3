package org.mxhooks.mirror;

/** The state of a resource from an event on; never changed afterwards. */
interface ResourceState {

    Moment moment();
}
