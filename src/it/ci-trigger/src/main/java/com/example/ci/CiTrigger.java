package com.example.ci;

import static jakarta.transaction.Transactional.TxType.NOT_SUPPORTED;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.TeamServerPushEvent;

/**
 * Starts a job for each push to a branch, once: a notification may be repeated if a node dies, so Jenkins is asked for
 * a build with the delivery's id before one is started.
 */
@ApplicationScoped
public class CiTrigger {

    /** What git sends as the newest commit of a branch that was deleted. */
    private static final String NO_COMMIT = "0+";

    @Inject
    Jenkins jenkins;

    @Inject
    @ConfigProperty(name = "ci.branch", defaultValue = "main")
    String branch;

    @Consumer("ci-trigger")
    @Transactional(NOT_SUPPORTED) // no transaction waits for Jenkins
    void build(@Observes TeamServerPushEvent push) {
        boolean wanted = push.branchName().filter(branch::equals).isPresent()
                && push.after().filter(commit -> commit.matches(NO_COMMIT)).isEmpty();
        String delivery = push.delivery().toString();
        if (wanted && !jenkins.hasBuild(delivery)) {
            jenkins.start(Map.of(
                    "MXHOOKS_DELIVERY", delivery,
                    "BRANCH", branch,
                    "COMMIT", push.after().orElse("")));
        }
    }
}
