package org.mxhooks.process.harness;

/** A server reported that it does not start or does not deploy, or it ended. */
public final class StartFailure extends AssertionError {

    private final ServerLog log;

    StartFailure(ServerLog log, String report) {
        super("%s: %s".formatted(log, report));
        this.log = log;
    }

    public ServerLog log() {
        return log;
    }
}
