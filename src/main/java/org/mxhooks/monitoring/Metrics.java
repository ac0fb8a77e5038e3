package org.mxhooks.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.mxhooks.web.SentHeaders;

/** All meters, for a scraper. */
@Path("")
@ApplicationScoped
public class Metrics {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    PrometheusMeterRegistry meters;

    @Inject
    StoredGauges stored;

    /** In the OpenMetrics format if the scraper accepts it, otherwise in that of Prometheus. */
    @GET
    public Response scrape(@Context HttpHeaders headers) {
        boolean open = SentHeaders.value(headers.getRequestHeaders(), HttpHeaders.ACCEPT)
                .orElse("")
                .contains(OPEN_METRICS);
        String format = open ? OPEN_METRICS_1 : PROMETHEUS;
        stored.refresh();
        byte[] text = meters.scrape(format).getBytes(UTF_8);
        return Response.ok(text)
                .header(HttpHeaders.CONTENT_TYPE, format)
                .header(HttpHeaders.CONTENT_LENGTH, text.length)
                .build();
    }
}
