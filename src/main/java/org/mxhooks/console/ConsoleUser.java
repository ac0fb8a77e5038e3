package org.mxhooks.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.mxhooks.access.UserSession;

/** Who looks at a page. */
@Named
@RequestScoped
public class ConsoleUser {

    @Inject
    HttpServletRequest request;

    /** The user's name, and the host of the provider that gave it. */
    public String getName() {
        UserSession session = session();
        return session.issuer()
                .map(issuer -> session.user() + " (" + URI.create(issuer).getHost() + ")")
                .orElseGet(session::user);
    }

    /** Whether the page offers changes. The server refuses those of others in any case. */
    public boolean isOperator() {
        return session().operator();
    }

    /** What forms send back. */
    public String getFormToken() {
        return session().formToken();
    }

    /** The page with its query, relative to the console. */
    public String getHere() {
        String path = request.getServletPath();
        String page = path.substring(path.lastIndexOf('/') + 1);
        return page
                + Optional.ofNullable(request.getQueryString())
                        .map(query -> "?" + query)
                        .orElse("");
    }

    /** Whether a page is the one that is shown, for its link in the navigation. */
    public boolean at(String page) {
        return request.getServletPath().endsWith("/" + page);
    }

    private UserSession session() {
        return UserSession.of(request).orElseGet(() -> new UserSession("", Optional.empty(), false, ""));
    }
}
