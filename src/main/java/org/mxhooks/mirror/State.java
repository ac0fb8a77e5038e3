package org.mxhooks.mirror;

import jakarta.json.JsonObjectBuilder;

/** What a resource was like from an event on; never changed afterwards. */
interface State {

    Origin origin();

    /** Adds the resource's own fields. */
    void describe(long id, JsonObjectBuilder json);
}
