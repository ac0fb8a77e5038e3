package org.mxhooks.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A push; the names are those of {@link org.mxhooks.event.TeamServerPushEvent}.
 *
 * @param delivery id of the delivery
 * @param commitCount how many commits it has
 * @param commits all of them; none in lists
 * @param receivedAt when the delivery was accepted, since a push has no time of its own
 * @param position of the delivery in the log
 * @param cut names of the fields whose texts are longer than they are here; empty outside of lists
 */
public record PushSnapshot(
        String delivery,
        String appId,
        Optional<String> branchName,
        Optional<String> before,
        Optional<String> after,
        Optional<String> repositoryType,
        Optional<String> userId,
        int commitCount,
        List<PushedCommit> commits,
        Instant receivedAt,
        long position,
        List<String> cut) {

    /** Where a page of a list ends that ends with this push. */
    public Change change() {
        return new Change(Optional.of(receivedAt), position);
    }
}
