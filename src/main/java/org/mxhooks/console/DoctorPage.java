package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.CapturedHead;
import org.mxhooks.signature.CapturedRequest;
import org.mxhooks.signature.CapturedRequest.UnusableCapture;
import org.mxhooks.signature.Examination;

/** Finds out why a captured request is refused, as {@code mxhooks verify} does. Nothing of it is kept. */
@Named
@RequestScoped
public class DoctorPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Settings settings;

    @Inject
    EndpointRegistry endpoints;

    private PageQuery query;
    private List<String> problems = List.of();
    private Optional<Examination> examination = Optional.empty();
    private final List<String> notes = new ArrayList<>();

    @PostConstruct
    void read() {
        query = new PageQuery(request);
        if (request.getMethod().equals("POST")) {
            Optional<Instant> arrival = query.instant("at");
            boolean known = settings.endpoints().containsKey(getEndpoint());
            problems = known ? query.problems() : List.of(ConsoleText.text("doctor.endpoint"));
            if (problems.isEmpty()) {
                examine(arrival);
            }
        }
    }

    private void examine(Optional<Instant> arrival) {
        try {
            CapturedRequest captured = captured();
            examination = endpoints.examine(getEndpoint(), captured, arrival);
            if (examination.isEmpty()) {
                problems = List.of(ConsoleText.text("doctor.busy"));
            }
            examination.ifPresent(found -> note(found, captured.body().length));
        } catch (UnusableCapture e) {
            problems = List.of(ConsoleText.text("doctor.request", e.getMessage()));
        } catch (IllegalArgumentException notBase64) {
            problems = List.of(ConsoleText.text("doctor.base64"));
        }
    }

    private void note(Examination found, int size) {
        notes.addAll(found.notes());
        found.setting().ifPresent(setting -> notes.add(ConsoleText.text("doctor.setting", getEndpoint(), setting)));
        if (size > settings.maxBody()) {
            notes.add(ConsoleText.text("doctor.large", String.valueOf(size), String.valueOf(settings.maxBody())));
        }
    }

    /** A browser sends each line end of a text as CR and LF, whichever there was. */
    private CapturedRequest captured() throws UnusableCapture {
        String text = getRequest().replace("\r\n", "\n");
        String body = getBody().replaceAll("\\s", "");
        if (body.isEmpty()) {
            return CapturedRequest.parse(text.getBytes(UTF_8));
        }
        CapturedHead head = CapturedHead.parse(text + "\n\n")
                .orElseThrow(() -> new UnusableCapture(ConsoleText.text("doctor.headers")));
        return new CapturedRequest(head, Base64.getDecoder().decode(body), false);
    }

    /** The chosen endpoint. */
    public String getEndpoint() {
        return query.text("endpoint").orElse("");
    }

    /** The endpoints' names. */
    public List<String> getEndpoints() {
        return settings.endpoints().keySet().stream().sorted().toList();
    }

    /** What was typed. */
    public String getRequest() {
        return Optional.ofNullable(request.getParameter("request")).orElse("");
    }

    /** What was typed as Base64. */
    public String getBody() {
        return Optional.ofNullable(request.getParameter("body")).orElse("");
    }

    /** What was typed as the time of arrival. */
    public String getAt() {
        return Optional.ofNullable(request.getParameter("at")).orElse("");
    }

    /** What cannot be examined. */
    public List<String> getProblems() {
        return problems;
    }

    /** Whether a request was examined. */
    public boolean isExamined() {
        return examination.isPresent();
    }

    /** Whether it is authentic. */
    public boolean isValid() {
        return examination.map(Examination::valid).orElse(false);
    }

    /** In a few words. */
    public String getResult() {
        return isValid()
                ? ConsoleText.text("doctor.valid")
                : ConsoleText.text(
                        "doctor.invalid", examination.map(Examination::cause).orElse(""));
    }

    /** What is wrong and what to do, a sentence each. */
    public List<String> getNotes() {
        return notes;
    }
}
