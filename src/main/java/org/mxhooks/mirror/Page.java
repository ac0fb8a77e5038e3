package org.mxhooks.mirror;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param resources the newest change first
 * @param end where it ends; empty if nothing follows
 */
public record Page(List<JsonObject> resources, Optional<Change> end) {}
