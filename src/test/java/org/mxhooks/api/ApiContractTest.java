package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import jakarta.json.JsonObject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mxhooks.Answer;
import org.mxhooks.WireFiles;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.TestMirror;
import org.mxhooks.operations.WorkState.Parked;

/** That the OpenAPI document, the code and what is answered agree. */
class ApiContractTest extends ApiFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();

    @Test
    void theDocumentHasEveryAddressAndMethodOfTheCode() {
        Map<String, Set<String>> code = new TreeMap<>();
        resources()
                .forEach(resource -> Arrays.stream(resource.getMethods())
                        .forEach(method -> Arrays.stream(method.getAnnotations())
                                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                                .filter(http -> http != null)
                                .forEach(http -> code.computeIfAbsent(
                                                address(resource, method), unused -> new TreeSet<>())
                                        .add(http.value()))));

        assertThat(operations()).isEqualTo(code);
    }

    /** A parameter that there is not is refused with those that there are. */
    @TestFactory
    Stream<DynamicTest> theDocumentHasEveryParameterOfTheCode() {
        return operations().entrySet().stream()
                .flatMap(address -> address.getValue().stream()
                        .map(method -> DynamicTest.dynamicTest(
                                method + " " + address.getKey(), () -> assertParameters(method, address.getKey()))));
    }

    private void assertParameters(String method, String address) {
        Set<String> documented = parameters(operation(method, address));

        String detail = change(method, filled(address) + "?nonsense=1")
                .isProblem(400)
                .json()
                .getString("detail");

        String allowed = detail.replaceFirst(".*allowed: (.*)\\.$", "$1");
        assertThat(allowed.equals("no parameter") ? Set.of() : Set.of(allowed.split(", ")))
                .isEqualTo(documented);
    }

    @Test
    void whatIsAnsweredIsWhatTheDocumentSays() throws SQLException {
        List<Long> all = work.arrive(60);
        work.register("mirror", 0);
        work.execute("update mxhooks.lane set wait_cursor = cursor, waiting_since = current_timestamp,"
                + " waiting_until = current_timestamp, wait_reason = 'org.example.Later', wait_message = 'not now'");
        assertAnswers("/consumers", "consumers", 200);
        assertAnswers("/deliveries/{delivery}", "deliveries/" + work.deliveryAt(all.get(0)), 200);
        assertThat(List.of("consumers", "deliveries/" + work.deliveryAt(all.get(0))))
                .allSatisfy(
                        path -> assertThat(get(path).body()).contains("\"nextTry\"", "org.example.Later", "not now"));
        work.moveCursors("mirror", last());
        assertThat(get("consumers").body()).doesNotContain("nextTry");
        work.park("mirror", all.get(0), Parked.DEAD);
        work.park("mirror", all.get(1), Parked.PARKED);
        work.execute("update mxhooks.parked set dead_at = current_timestamp, failed_at = current_timestamp,"
                + " reason = 'org.example.Broken', message = 'it broke', trace = 'at', due = current_timestamp");
        String delivery =
                get("dead").json().getJsonArray("dead").getJsonObject(0).getString("delivery");

        assertAnswers("/deliveries", "deliveries", 200);
        assertAnswers("/deliveries", "deliveries?state=parked", 200);
        assertAnswers("/deliveries/{delivery}", "deliveries/" + delivery, 200);
        assertAnswers("/consumers", "consumers", 200);
        assertAnswers("/dead", "dead?reason=org.example.Broken", 200);
        assertAnswers("/alarms", "alarms", 200);
        work.execute(
                "insert into mxhooks.alarm (kind, subject, raised_at, seen_at, problem, remedy, command, announced)"
                        + " values ('dead-letters', 'mirror', current_timestamp, current_timestamp, 'It has.', 'See.', 'mxhooks dead', true)");
        assertAnswers("/alarms", "alarms?status=RAISED", 200);
        assertThat(get("alarms").body()).contains("\"subject\":\"mirror\"", "\"command\":\"mxhooks dead\"");
        assertThat(get("alarms?status=ended").body()).isEqualTo("[]");
        work.execute("update mxhooks.alarm set ended_at = current_timestamp");
        assertThat(get("alarms").body()).isEqualTo("[]");
        assertAnswers("/alarms", "alarms?status=ended", 200);
        assertAnswers("/alarms", "alarms?status=odd", 400);
        assertAnswers("/endpoints", "endpoints", 200);
        assertAnswers("/dead/count", "dead/count", 200);
        change("POST", "orders/discard-dead?consumer=mirror&note=n&reason=org.example.Broken");
        assertAnswers("/orders", "orders", 200);
        assertAnswers(
                "/orders/{order}",
                "orders/"
                        + get("orders")
                                .json()
                                .getJsonArray("orders")
                                .getJsonObject(0)
                                .getString("order"),
                200);
        assertThat(get("endpoints").body())
                .contains("\"allowedSenders\":[\"2001:db8:0:0:0:0:0:0/32\",\"203.0.113.7/32\"]");
        work.execute(
                "insert into mxhooks.refused_request"
                        + " (refused_at, endpoint, reason, address, network, requests, why, size, headers, body) values"
                        + " (current_timestamp, 'default', 'too_large', '203.0.113.7', '203.0.113.7/32', 7, 'long', 9, 'A: b', '')");
        assertAnswers("/refused", "refused?endpoint=default&reason=too_large&network=203.0.113.7/32", 200);
        assertThat(get("refused?endpoint=default").body()).contains("\"requests\":7,\"why\":\"long\",\"size\":9");
        assertAnswers("/refused", "refused?endpoint=other", 404);
        assertThat(get("refused?endpoint=other").body())
                .contains(
                        "There is no endpoint other; the endpoints are: default. Requests to any other name are listed by the endpoint ?.");
        assertThat(get("refused?endpoint=%3F").body()).isEqualTo("{\"refused\":[]}");
        assertThat(get("deliveries?endpoint=other").body()).isEqualTo("{\"deliveries\":[]}");
        content.remembers(Body.of("story-updated.json"), 1);
        content.remembers(Body.of("sprint-updated.json"), 2);
        String app = "apps/" + TestMirror.APP;
        assertAnswers("/apps/{appId}/stories", app + "/stories", 200);
        assertAnswers("/apps/{appId}/stories/{storyId}", app + "/stories/4711", 200);
        assertAnswers("/apps/{appId}/sprints", app + "/sprints", 200);
        String sprint = get(app + "/sprints")
                .json()
                .getJsonArray("sprints")
                .getJsonObject(0)
                .get("sprintId")
                .toString();
        assertAnswers("/apps/{appId}/sprints/{sprintId}", app + "/sprints/" + sprint, 200);
        work.execute("update mxhooks.delivery set resource_type = 'branch', resource_id = 'main'");
        assertAnswers("/deliveries", "deliveries", 200);
        assertAnswers("/deliveries/{delivery}", "deliveries/" + delivery, 200);
        assertAnswers("/dead", "dead?reason=org.example.Broken", 200);
        content.remembers(
                TestMirror.deployment(WireFiles.text("bodies/teamserver-push.json"), 3),
                TestMirror.deployment(WireFiles.text("bodies/package-uploaded.json"), 4),
                TestMirror.deployment(WireFiles.text("bodies/alert.json"), 5));
        assertAnswers("/apps/{appId}/pushes", app + "/pushes", 200);
        assertAnswers("/apps/{appId}/pushes/{delivery}", app + "/pushes/" + new UUID(0, 3), 200);
        assertAnswers("/apps/{appId}/pushes/{delivery}", app + "/pushes/" + new UUID(0, 4), 404);
        assertAnswers("/apps/{appId}/packages", app + "/packages", 200);
        assertAnswers("/apps/{appId}/packages/{delivery}", app + "/packages/" + new UUID(0, 4), 200);
        assertAnswers("/apps/{appId}/alerts", "apps/order-desk/alerts", 200);
        String service = get("apps/order-desk/alerts")
                .json()
                .getJsonArray("alerts")
                .getJsonObject(0)
                .getString("serviceId");
        assertAnswers("/apps/{appId}/alerts/{serviceId}", "apps/order-desk/alerts/" + service, 200);
        assertAnswers("/deliveries/{delivery}", "deliveries/00000000-0000-4000-8000-000000000000", 404);
        assertAnswers("/deliveries", "deliveries?state=odd", 400);
        assertConforms("POST", "/consumers/{consumer}/pause", change("POST", "consumers/mirror/pause"), 200);
        assertConforms("POST", "/consumers/{consumer}/resume", change("POST", "consumers/mirror/resume"), 200);
        assertConforms(
                "POST",
                "/deliveries/{delivery}/replay",
                change("POST", "deliveries/" + delivery + "/replay?consumer=mirror"),
                202);
        work.makeUndecodable(all.get(7));
        String deadLetter =
                get("deliveries?limit=200").json().getJsonArray("deliveries").getValuesAs(JsonObject.class).stream()
                        .filter(each -> each.getString("state").equals("dead"))
                        .map(each -> each.getString("delivery"))
                        .findFirst()
                        .orElseThrow();
        assertConforms("POST", "/dead/discard", change("POST", "dead/discard?delivery=" + deadLetter), 200);
        assertConforms("POST", "/dead/discard", change("POST", "dead/discard?delivery=" + deadLetter), 404);
        assertAnswers("/deliveries/{delivery}", "deliveries/" + deadLetter, 200);
        assertConforms("POST", "/dead/replay", change("POST", "dead/replay?consumer=mirror"), 202);
        assertConforms(
                "POST",
                "/consumers/{consumer}/replay",
                change("POST", "consumers/mirror/replay?from=2026-01-01T00:00:00Z&to=2126-01-01T00:00:00Z"),
                202);
        assertAnswers("/consumers/{consumer}", "consumers/mirror", 200);
        assertAnswers("/dead", "dead?consumer=nobody", 404);
        assertConforms("POST", "/dead/replay", change("POST", "dead/replay?consumer=nobody"), 404);
        assertConforms("DELETE", "/consumers/{consumer}", change("DELETE", "consumers/nobody"), 404);
        assertConforms("DELETE", "/consumers/{consumer}", change("DELETE", "consumers/mirror"), 200);
    }

    @Test
    void whatCannotConformIsReported() throws IOException {
        JsonNode schema = schema(operation("GET", "/consumers"), 200, "application/json");

        assertThat(problems(schema, "[{\"name\":\"mirror\"}]")).isNotEmpty();
    }

    @Test
    void theDocumentIsServed() throws IOException {
        assertThat(JSON.readTree(get("openapi").body())).isEqualTo(DOCUMENT);
        assertThat(DOCUMENT.get("openapi").asText()).isEqualTo("3.1.0");
    }

    private void assertAnswers(String address, String path, int status) {
        assertConforms("GET", address, get(path), status);
    }

    private static void assertConforms(String method, String address, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(problems(schema(operation(method, address), status, answer.header("Content-Type")), answer.body()))
                .as(answer.body())
                .isEmpty();
    }

    private static Set<String> problems(JsonNode schema, String body) {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(JSON.readTree(body))
                    .stream()
                    .map(Object::toString)
                    .collect(toSet());
        } catch (IOException e) {
            return Set.of(e.toString());
        }
    }

    /** With the schemas that it refers to. */
    private static JsonNode schema(JsonNode operation, int status, String mediaType) {
        JsonNode answer = operation.get("responses").get(String.valueOf(status));
        assertThat(answer).as("an answer %s", status).isNotNull();
        ObjectNode schema = answer.get("content").get(mediaType).get("schema").deepCopy();
        return schema.set("components", DOCUMENT.get("components"));
    }

    private static Map<String, Set<String>> operations() {
        return new TreeMap<>(DOCUMENT.get("paths").properties().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        path -> path.getValue().properties().stream()
                                .map(operation -> operation.getKey().toUpperCase(Locale.ROOT))
                                .collect(toSet()))));
    }

    private static JsonNode operation(String method, String address) {
        return DOCUMENT.get("paths").get(address).get(method.toLowerCase(Locale.ROOT));
    }

    private static Set<String> parameters(JsonNode operation) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.get("in").asText().equals("query"))
                .map(parameter -> parameter.get("name").asText())
                .collect(toSet());
    }

    private static String filled(String address) {
        return address.substring(1)
                .replace("{delivery}", "00000000-0000-4000-8000-000000000000")
                .replace("{serviceId}", "00000000-0000-4000-8000-000000000000")
                .replace("{erasure}", "00000000-0000-4000-8000-000000000000")
                .replace("{consumer}", "mirror")
                .replace("{appId}", "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77")
                .replaceAll("\\{.*?\\}", "1");
    }

    private static Stream<Class<?>> resources() {
        return new ApiApplication().getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class));
    }

    private static String address(Class<?> resource, Method method) {
        Path more = method.getAnnotation(Path.class);
        return "/" + resource.getAnnotation(Path.class).value() + (more == null ? "" : "/" + more.value());
    }

    private static JsonNode document() {
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.json")) {
            return JSON.readTree(new String(document.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
