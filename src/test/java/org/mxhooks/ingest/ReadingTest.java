package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.signature.Schemes;

class ReadingTest {

    private static final byte[] BODY = "{\"Story\":{\"StoryId\":5}}".getBytes(UTF_8);

    @Test
    void anAuthenticBodyIsKeptWhereTheDecoderFails() {
        Arrival arrival = reading(Map.of()).arrival((scheme, body) -> {
            throw new IllegalStateException("a fault");
        });

        assertThat(arrival.attributes().undecodable()).contains("the decoder failed: java.lang.IllegalStateException");
        assertThat(arrival.body()).isEqualTo(BODY);
    }

    @Test
    void headersAreFoundInAnyCase() {
        Arrival arrival = reading(Map.of("MXAPI-PROJECTS-DELIVERY", List.of(" an id "), "x-other", List.of("b")))
                .arrival(DecodedBody::decode);

        assertThat(arrival.attributes().portalId()).contains("an id");
    }

    private static Reading reading(Map<String, List<String>> headers) {
        return new Reading("default", Schemes.of("projects"), headers, BODY);
    }
}
