package org.mxhooks.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** The form to sign in with. */
@Named
@RequestScoped
public class SignInPage {

    private static final Set<String> FAILURES = Set.of("wrong", "throttled", "expired");

    @Inject
    HttpServletRequest request;

    /** Why the last attempt failed, as a key of the texts; or empty. */
    public String getFailure() {
        return new PageQuery(request)
                .text("failed")
                .filter(FAILURES::contains)
                .map(failure -> "signin." + failure)
                .orElse("");
    }

    /** The page that was asked for. */
    public String getNext() {
        return new PageQuery(request).text("next").orElse("");
    }
}
