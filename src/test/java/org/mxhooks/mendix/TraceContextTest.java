package org.mxhooks.mendix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.event.WebhookEvent;

/** W3C Trace Context, Level 1, section 3. */
class TraceContextTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void anEventHasTheTraceOfItsDelivery() throws UndecodableBody {
        WebhookEvent event = eventWith(Map.of("Traceparent", List.of(PARENT), "TRACESTATE", List.of("vendor=1")));

        assertThat(event.traceParent()).contains(PARENT);
        assertThat(event.traceState()).contains("vendor=1");
    }

    @Test
    void mostEventsComeWithNone() throws UndecodableBody {
        WebhookEvent event = eventWith(Map.of("User-Agent", List.of("Mx-Platform")));

        assertThat(event.traceParent()).isEmpty();
        assertThat(event.traceState()).isEmpty();
    }

    @Test
    void surroundingSpaceIsNoPartOfAHeader() {
        assertThat(parentOf(" " + PARENT + "\t")).contains(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff-what-the-future-will-bring",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-"
            })
    void aLaterVersionMayHaveMoreFields(String parent) {
        assertThat(parentOf(parent)).contains(parent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\u0000"
            })
    void aMalformedParentCountsAsAbsentAndItsStateToo(String parent) {
        TraceContext trace = trace(Map.of("traceparent", List.of(parent), "tracestate", List.of("vendor=1")));

        assertThat(trace).isEqualTo(new TraceContext(Optional.empty(), Optional.empty()));
    }

    @Test
    void oneOfTwoParentsIsNotChosen() {
        assertThat(trace(Map.of("traceparent", List.of(PARENT, PARENT))).parent())
                .isEmpty();
        assertThat(trace(Map.of("traceparent", List.of(PARENT), "Traceparent", List.of(PARENT)))
                        .parent())
                .isEmpty();
    }

    @Test
    void statesAreOneList() {
        assertThat(trace(Map.of("traceparent", List.of(PARENT), "tracestate", List.of("a=1", "", "b=2")))
                        .state())
                .contains("a=1,b=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=ü", "a=\u0001"})
    void aMalformedStateCountsAsAbsent(String state) {
        TraceContext trace = trace(Map.of("traceparent", List.of(PARENT), "tracestate", List.of(state)));

        assertThat(trace).isEqualTo(new TraceContext(Optional.of(PARENT), Optional.empty()));
    }

    private static Optional<String> parentOf(String header) {
        return trace(Map.of("traceparent", List.of(header))).parent();
    }

    private static TraceContext trace(Map<String, List<String>> headers) {
        return TraceContext.of(json(headers));
    }

    private static WebhookEvent eventWith(Map<String, List<String>> headers) throws UndecodableBody {
        return DecodedBody.decode("projects", "{}".getBytes(UTF_8))
                .toEvent(new Provenance(
                        new UUID(0, 0), Optional.empty(), "default", 1, Instant.EPOCH, false, json(headers)));
    }

    private static String json(Map<String, List<String>> headers) {
        return Json.createObjectBuilder(headers).build().toString();
    }
}
