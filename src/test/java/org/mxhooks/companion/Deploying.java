package org.mxhooks.companion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.Consumer;
import org.mxhooks.event.Critical;
import org.mxhooks.event.PackageUploadedEvent;
import org.mxhooks.event.Recovery;
import org.mxhooks.event.TeamServerPushEvent;
import org.mxhooks.event.UnknownEvent;

/** Notes what is pushed, uploaded and alerted. */
@ApplicationScoped
public class Deploying {

    @Consumer("pushes")
    void push(@Observes TeamServerPushEvent push) {
        Notes.take(
                push.delivery().toString(),
                "pushes",
                push.branchName().orElse("") + " " + push.commits().size());
    }

    @Consumer("packages")
    void upload(@Observes PackageUploadedEvent uploaded) {
        Notes.take(uploaded.delivery().toString(), "packages", uploaded.name().orElse(""));
    }

    @Consumer("critical")
    void alarm(@Observes @Critical AlertEvent alert) {
        Notes.take(alert.delivery().toString(), "critical", alert.service().orElse(""));
    }

    @Consumer("recovery")
    void relax(@Observes @Recovery AlertEvent alert) {
        Notes.take(alert.delivery().toString(), "recovery", alert.service().orElse(""));
    }

    @Consumer("unknown")
    void wonder(@Observes UnknownEvent event) {
        Notes.take(event.delivery().toString(), "unknown", event.category());
    }
}
