package org.mxhooks.cli;

import java.util.Iterator;
import java.util.List;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The secret that signs a body, and the derivation of its key. */
final class SigningOptions {

    private static final String DEFAULT_ENDPOINT = "default";
    private static final String SCHEME = Schemes.names().get(0);

    private final Environment environment;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "File with the endpoint's secret. Default: the generated "
                    + "endpoint-NAME.secret (endpoint-default.secret) in MXHOOKS_HOME or ~/.mxhooks")
    private String secretFile;

    @Option(
            names = "--key-derivation",
            paramLabel = "NAME",
            defaultValue = "sha256-50",
            converter = Derivation.class,
            completionCandidates = Derivation.class,
            description = "${COMPLETION-CANDIDATES}; as configured for the endpoint. Default: ${DEFAULT-VALUE}")
    private String derivation;

    SigningOptions(Environment environment) {
        this.environment = environment;
    }

    Scheme scheme() {
        return Schemes.of(SCHEME, derivation);
    }

    Signer signer() throws CommandFailure {
        return signer(DEFAULT_ENDPOINT);
    }

    /** As deliveries to an endpoint are signed. */
    Signer signer(String endpoint) throws CommandFailure {
        Scheme scheme = scheme();
        return new Signer(scheme, scheme.key(file(endpoint).text()), environment.clock());
    }

    /** Never empty. */
    String secret() throws CommandFailure {
        return file(DEFAULT_ENDPOINT).text();
    }

    SecretFile file(String endpoint) {
        return new SecretFile(
                "secret",
                Environment.set(secretFile),
                "--secret-file",
                environment.home().resolve("endpoint-" + endpoint + ".secret"));
    }

    private static final class Derivation implements ITypeConverter<String>, Iterable<String> {

        private static final List<String> NAMES = Schemes.keyDerivations(SCHEME);

        @Override
        public String convert(String typed) {
            return NAMES.stream()
                    .filter(typed::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("unknown"));
        }

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
