package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;

/** The endpoints as they are configured, and what arrives at each. */
@Named
@RequestScoped
public class EndpointsPage {

    @Inject
    HttpServletRequest request;

    @Inject
    Figures figures;

    @Inject
    Settings settings;

    private List<ConfiguredEndpoint> rows;

    /**
     * An endpoint with its settings.
     *
     * @param state what arrives
     * @param url to register, with the host of the page's own address
     * @param scheme by which deliveries are signed
     * @param keyDerivation of the scheme
     * @param fingerprint of the secret
     * @param previousFingerprint of the secret that is accepted too; or empty
     * @param senders addresses that may send; or empty for all
     */
    public record ConfiguredEndpoint(
            EndpointRow state,
            String url,
            String scheme,
            String keyDerivation,
            String fingerprint,
            String previousFingerprint,
            List<String> senders) {

        /** Where a request to it is examined. */
        public String doctorUrl() {
            return PageUrl.of("doctor", "endpoint", state.name());
        }
    }

    @PostConstruct
    void read() {
        rows = figures.snapshot().endpoints().stream()
                .map(EndpointRow::of)
                .map(row -> configured(row, settings.endpoints().get(row.name())))
                .toList();
    }

    private ConfiguredEndpoint configured(EndpointRow row, EndpointSettings endpoint) {
        return new ConfiguredEndpoint(
                row,
                base() + "/hooks/" + row.name(),
                endpoint.scheme().name(),
                endpoint.scheme().keyDerivation(),
                endpoint.secret().fingerprint(),
                endpoint.previousSecret().map(Secret::fingerprint).orElse(""),
                endpoint.allowedSenders().stream()
                        .map(Network::toString)
                        .sorted()
                        .toList());
    }

    /** As the browser knows the server. */
    private String base() {
        boolean secure = Caller.of(request, settings.trustedProxies()).way() == Caller.Way.HTTPS;
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        return (secure ? "https://" : "http://") + host + request.getContextPath();
    }

    /** By name. */
    public List<ConfiguredEndpoint> getRows() {
        return rows;
    }
}
