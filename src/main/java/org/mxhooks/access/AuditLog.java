package org.mxhooks.access;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mxhooks.web.Caller;
import org.mxhooks.web.OncePerSecond;
import org.mxhooks.web.SafeMethods;
import org.mxhooks.web.UntrustedText;

/**
 * Logs under the name {@code org.mxhooks.audit} every change and every export that a user made or was refused. Of
 * requests without a valid login it logs failed logins and attempted changes, at most one per second, with the number
 * of those in between. Independent of any HTTP library. Thread-safe.
 */
@ApplicationScoped
class AuditLog {

    private static final System.Logger LOG = System.getLogger("org.mxhooks.audit");
    private static final String NOBODY = "-";
    private static final int MAX_USER = 60;
    private static final int MAX_METHOD = 10;
    private static final int MAX_PATH = 500;
    private static final int MAX_STRANGERS_PATH = 100;

    private final OncePerSecond strangers = new OncePerSecond(System::nanoTime);

    /**
     * A request and the status that it was answered with.
     *
     * @param login the login that the request claims; empty without credentials
     * @param target the path, and the query or what a form requests; any text
     */
    record Answered(Optional<Login> login, Caller caller, String method, String target, int status) {

        /** An export discloses what is kept of persons. */
        private boolean isExport() {
            return target.split("\\?", 2)[0].endsWith("/export");
        }

        private boolean isChange() {
            return !SafeMethods.contains(method);
        }

        private String line(String user, int maxPath) {
            return "%s from %s: %s %s: %s"
                    .formatted(
                            user,
                            caller.address().getHostAddress(),
                            cut(method, MAX_METHOD),
                            cut(target, maxPath),
                            status);
        }
    }

    void record(Answered request) {
        Optional<String> user = request.login().filter(Login::genuine).map(Login::user);
        if (user.isPresent()) {
            if (request.isChange() || request.isExport()) {
                LOG.log(INFO, "{0}", request.line(user.get(), MAX_PATH));
            }
        } else if (request.login().isPresent() || request.isChange()) {
            recordStranger(request);
        }
    }

    private void recordStranger(Answered request) {
        String user = request.login()
                .map(login -> "'" + cut(login.user(), MAX_USER) + "'")
                .orElse(NOBODY);
        strangers
                .count()
                .ifPresent(count -> LOG.log(
                        WARNING,
                        "Requests without a valid login refused since the previous entry: {0}. Latest: {1}",
                        String.valueOf(count),
                        request.line(user, MAX_STRANGERS_PATH)));
    }

    /** In ASCII, without line breaks, and no longer than that also where characters are shown by their numbers. */
    private static String cut(String text, int max) {
        String shown = UntrustedText.cut(text, max);
        return shown.length() > max ? shown.substring(0, max) + "…" : shown;
    }
}
