package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** The result of the change that led to a page. */
@Named
@RequestScoped
public class ConsoleNotice {

    @Inject
    HttpServletRequest request;

    private Optional<Notice> notice = Optional.empty();

    @PostConstruct
    void take() {
        Object response = FacesContext.getCurrentInstance().getExternalContext().getResponse();
        if (response instanceof HttpServletResponse answer && request.getHeader("HX-Request") == null) {
            notice = Notice.take(request, answer);
        }
    }

    /** Whether there is one. */
    public boolean isPresent() {
        return notice.isPresent();
    }

    /** Whether the change was not made. */
    public boolean isFailed() {
        return notice.map(Notice::failed).orElse(false);
    }

    /** For people. */
    public String getText() {
        return notice.map(Notice::text).orElse("");
    }
}
