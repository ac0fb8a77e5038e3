package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;

/** The endpoints as they are configured, and what arrives at each. */
@Named
@RequestScoped
public class EndpointsPage {

    @Inject
    Figures figures;

    @Inject
    Settings settings;

    private List<ConfiguredEndpoint> rows;

    /**
     * An endpoint with its settings.
     *
     * @param state what arrives
     * @param path of its URL, behind the host
     * @param scheme by which deliveries are signed
     * @param keyDerivation of the scheme
     * @param fingerprint of the secret
     * @param previousFingerprint of the secret that is accepted too; or empty
     * @param senders addresses that may send; or empty for all
     */
    public record ConfiguredEndpoint(
            EndpointRow state,
            String path,
            String scheme,
            String keyDerivation,
            String fingerprint,
            String previousFingerprint,
            List<String> senders) {}

    @PostConstruct
    void read() {
        rows = PageData.read(figures::snapshot).endpoints().stream()
                .map(EndpointRow::of)
                .map(row -> configured(row, settings.endpoints().get(row.name())))
                .toList();
    }

    private static ConfiguredEndpoint configured(EndpointRow row, EndpointSettings endpoint) {
        return new ConfiguredEndpoint(
                row,
                "/mxhooks/hooks/" + row.name(),
                endpoint.scheme().name(),
                endpoint.scheme().keyDerivation(),
                endpoint.secret().fingerprint(),
                endpoint.previousSecret().map(Secret::fingerprint).orElse(""),
                endpoint.allowedSenders().stream()
                        .map(Network::toString)
                        .sorted()
                        .toList());
    }

    /** By name. */
    public List<ConfiguredEndpoint> getRows() {
        return rows;
    }
}
