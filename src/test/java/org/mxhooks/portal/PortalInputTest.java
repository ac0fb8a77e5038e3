package org.mxhooks.portal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input has an answer that says what is wrong, and is never taken for a failure of the portal. */
class PortalInputTest {

    private static RunningPortal portal;
    private static String app;

    @BeforeAll
    static void start(@TempDir Path home) {
        portal = new RunningPortal(home);
        app = portal.app();
        portal.post(app + "/sprints", "{\"name\":\"Sprint 1\"}");
        portal.post(app + "/stories", "{\"name\":\"whole\"}");
        portal.post(app + "/stories", "{\"name\":\"part\",\"parent\":1001}");
    }

    @AfterAll
    static void stop() {
        portal.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "POST | api/apps | {} | 400 | name is required.",
                "POST | api/apps | {'name':7} | 400 | name must be a text.",
                "POST | api/apps | {'name':' '} | 400 | name must not be blank.",
                "POST | api/apps | {'name':'\\u0000'} | 400 | name must have at most 200 characters, and no control characters.",
                "POST | api/apps | {'name':'\\ud800'} | 400 | name must have at most 200 characters, and no control characters.",
                "POST | api/apps | {'name':'a','nam':1} | 400 | There is no field nam; there are: name.",
                "POST | api/apps | [] | 400 | The body must be a JSON object in UTF-8.",
                "POST | api/apps | {'a': | 400 | The body must be a JSON object in UTF-8.",
                "GET | api/apps/x | | 404 | There is no such app.",
                "POST | APP/stories | {'name':'a','status':'Doing'} | 400 | status must be one of To-do, Running, Done, was Doing.",
                "POST | APP/stories | {'name':'a','sprint':99} | 404 | There is no such sprint in this app.",
                "POST | APP/stories | {'name':'a','sprint':'1'} | 400 | sprint must be a whole number between 1 and 9223372036854775807.",
                "POST | APP/stories | {'name':'a','sprint':1.5} | 400 | sprint must be a whole number between 1 and 9223372036854775807.",
                "POST | APP/stories | {'name':'a','parent':1001,'sprint':1} | 400 | A sub-story is in the sprint of its parent; omit sprint.",
                "POST | APP/stories | {'name':'a','parent':1002} | 400 | parent must be another story that is no sub-story itself; a story with sub-stories has no parent.",
                "PATCH | APP/stories/1001 | {'parent':1001} | 400 | parent must be another story that is no sub-story itself; a story with sub-stories has no parent.",
                "PATCH | APP/stories/999 | {} | 404 | There is no such story in this app.",
                "GET | APP/stories?sprint=x | | 400 | sprint must be the id of a sprint, or none.",
                "POST | APP/sprints | {'name':'a','startDate':'soon'} | 400 | startDate must be a time such as 2026-03-02T08:15:30.120Z.",
                "POST | APP/sprints | {'name':'a','startDate':'+999999999-01-01T00:00:00Z'} | 400 | startDate must be a time such as 2026-03-02T08:15:30.120Z.",
                "POST | APP/sprints | {'name':'a','startDate':'2026-03-02','endDate':'2026-03-01'} | 400 | endDate must not be before startDate.",
                "POST | APP/webhooks | {'name':'a','url':'http://h/'} | 400 | family is required: projects or deployment.",
                "POST | APP/webhooks | {'family':'projects','name':'a','url':'ftp://h/'} | 400 | url must be an http or https URL without user and fragment, such as http://127.0.0.1:8080/mxhooks/hooks/default.",
                "POST | APP/webhooks | {'family':'projects','name':'a','url':'http://h:65536/'} | 400 | url must be an http or https URL without user and fragment, such as http://127.0.0.1:8080/mxhooks/hooks/default.",
                "POST | APP/webhooks | {'family':'projects','name':'a','url':'http://h/','events':['alert']} | 400 | events must be one or more of stories, sprints for the family projects.",
                "POST | APP/webhooks | {'family':'deployment','name':'a','url':'http://h/','secret':'whsec_AAAA'} | 400 | secret cannot be used: what follows whsec_ in the secret is the Base64 of 3 bytes; the key must have at least 24.",
                "POST | APP/webhooks | {'family':'projects','name':'a','url':'http://h/','headers':[{'key':'Host','value':'x'}]} | 400 | headers: a key must be the name of a header that the portal does not set itself.",
                "POST | APP/webhooks | {'family':'projects','name':'a','url':'http://h/','headers':[{'key':'X','value':'a\\r\\nb'}]} | 400 | headers: a value must have at most 500 characters of ASCII, none of them a line break.",
                "POST | APP/pushes | {'message':'m','stories':[1]} | 404 | There is no such story in this app.",
                "POST | APP/alerts | {} | 400 | severity is required: one of Ok, Warning, Critical, Recovery.",
                "GET | api/deliveries?limit=0 | | 400 | limit must be between 1 and 200, was 0.",
                "GET | api/deliveries?state=lost | | 400 | state must be one of waiting, delivered, failed, cancelled.",
                "GET | api/deliveries?before=x | | 400 | before must be the value of next in the page before.",
                "GET | api/deliveries/x | | 404 | There is no such delivery.",
                "POST | api/deliveries/x/redeliver | {} | 404 | There is no such delivery, or its webhook was deleted.",
                "POST | api/plays | {} | 400 | seed is required: a whole number.",
                "POST | api/plays | {'seed':1,'rate':'0/s'} | 400 | rate must be 1/s to 10000/s, or 1/min to 10000/min.",
                "POST | api/plays | {'seed':1,'app':'x'} | 404 | There is no such app.",
                "GET | api/nothing | | 404 | There is nothing at this path; check the URL.",
                "PUT | api/apps | {} | 405 | The method is not allowed here; the Allow header lists those that are.",
                "GET | secret.sql | | 404 | There is no such file.",
                "GET | ..%2fschema.sql | | 404 | There is nothing at this path; check the URL."
            })
    void isExplained(String method, String path, String body, int status, String detail) {
        HttpResponse<String> answer = RunningPortal.send(portal.request(path.replace("APP", app))
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'))));

        JsonObject problem = RunningPortal.parse(answer.body());
        assertThat(problem.getString("detail")).isEqualTo(detail);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aBodyIsBounded() {
        HttpResponse<String> answer = RunningPortal.send(portal.request("api/apps")
                .POST(BodyPublishers.ofString("{\"name\":\"%s\"}".formatted("a".repeat(300_000)))));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(RunningPortal.parse(answer.body()).getString("detail"))
                .isEqualTo("The body must have at most 262144 bytes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "s3cret"})
    void aSecretIsShownWithItsWebhookOnly(String secret) {
        String family = secret.startsWith("whsec_") ? "deployment" : "projects";
        String id = portal.post(
                        app + "/webhooks",
                        "{\"family\":\"%s\",\"name\":\"a\",\"url\":\"http://127.0.0.1:1/\",\"secret\":\"%s\"}"
                                .formatted(family, secret))
                .getString("id");

        assertThat(portal.get(app + "/webhooks/" + id).getString("secret")).isEqualTo(secret);
        assertThat(portal.get(app + "/webhooks").toString()).contains(id).doesNotContain(secret);
    }

    /** The most that the checks of its fields allow. */
    @Test
    void theLargestWebhookIsKept() {
        String events = IntStream.range(0, 50)
                .mapToObj(i -> "\"%s.%02d\"".formatted("e".repeat(97), i))
                .collect(joining(",", "[", "]"));
        String headers = IntStream.range(0, 20)
                .mapToObj(i -> "{\"key\":\"%s%02d\",\"value\":\"%s\"}".formatted("k".repeat(98), i, "\\\\".repeat(500)))
                .collect(joining(",", "[", "]"));

        HttpResponse<String> answer = RunningPortal.send(portal.request(app.replace("api/", "v1/") + "/webhooks")
                .header("Authorization", "MxToken " + portal.token())
                .POST(BodyPublishers.ofString(
                        "{\"name\":\"a\",\"url\":\"http://127.0.0.1:1/\",\"isActive\":true,\"validationSecret\":\"%s\",\"eventTypes\":%s,\"headers\":%s}"
                                .formatted("A".repeat(40), events, headers))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void nothingSecretOfADeletedWebhookIsKept() {
        String id = portal.post(
                        app + "/webhooks",
                        "{\"family\":\"projects\",\"name\":\"a\",\"url\":\"http://127.0.0.1:1/\",\"headers\":[{\"key\":\"Authorization\",\"value\":\"s3same\"}]}")
                .getString("id");

        RunningPortal.send(portal.request(app + "/webhooks/" + id).DELETE());

        long kept = portal.portal()
                .database()
                .read(tables -> tables.number(
                        "select count(*) from webhook where id = ? and (secret <> '' or headers <> '[]')", id));
        assertThat(kept).isZero();
    }
}
