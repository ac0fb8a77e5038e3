package org.mxhooks.event;

import java.util.List;
import java.util.Optional;

/**
 * Commits were pushed to a branch of an app's Team Server repository. {@link #action()} is {@code push}. Pushes to one
 * branch are notified in the order in which they were accepted. A push has no time of its own: {@link #updatedAt()} is
 * empty. Every field may be absent.
 */
public interface TeamServerPushEvent extends WebhookEvent {

    /** Name of the branch, unique only within the app ({@link #appId()}). */
    Optional<String> branchName();

    /** The branch's newest commit before the push. */
    Optional<String> before();

    /** The branch's newest commit after the push. */
    Optional<String> after();

    /** {@code git}, or another. */
    Optional<String> repositoryType();

    /** The portal's id of the user who pushed. */
    Optional<String> userId();

    /** The commits in the order of the body; none if it contains none. */
    List<Commit> commits();
}
