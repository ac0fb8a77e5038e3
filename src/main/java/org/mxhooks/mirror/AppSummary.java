package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * An app of which stories or sprints are known.
 *
 * @param appId as in its events
 * @param projectName as of the latest of them that has one
 * @param changedAt when the latest of them changed, by the portal's clock
 */
public record AppSummary(String appId, Optional<String> projectName, Optional<Instant> changedAt) {}
