package org.mxhooks.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The scheme that signs a body, the secret, and the derivation of its key. */
final class SigningOptions {

    private static final String DEFAULT_ENDPOINT = "default";
    private static final String GENERATOR =
            "mxhooks generates it at its start, with the embedded database, if mxhooks.endpoints names the endpoint: check the name (mxhooks endpoints lists all)";
    private static final String DEFAULT_SCHEME = Schemes.names().get(0);

    private final Environment environment;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "File with the endpoint's secret. Default: the generated "
                    + "endpoint-NAME.secret (endpoint-default.secret) in MXHOOKS_HOME or ~/.mxhooks")
    private String secretFile;

    @Option(
            names = "--scheme",
            paramLabel = "NAME",
            converter = SchemeName.class,
            completionCandidates = SchemeName.class,
            description =
                    "${COMPLETION-CANDIDATES}; as configured for the endpoint. Default: that of the sample, otherwise projects")
    private String scheme;

    @Option(
            names = "--key-derivation",
            paramLabel = "NAME",
            converter = Derivation.class,
            completionCandidates = Derivation.class,
            description =
                    "${COMPLETION-CANDIDATES}: one of the scheme's, as configured for the endpoint. Default: that of the scheme")
    private String derivation;

    SigningOptions(Environment environment) {
        this.environment = environment;
    }

    Scheme scheme() throws CommandFailure {
        return scheme(DEFAULT_SCHEME);
    }

    private Scheme scheme(String byDefault) throws CommandFailure {
        String name = Optional.ofNullable(scheme).orElse(byDefault);
        List<String> derivations = Schemes.keyDerivations(name);
        String chosen = Optional.ofNullable(derivation).orElse(derivations.get(0));
        if (!derivations.contains(chosen)) {
            throw CommandFailure.unusable(
                    "--key-derivation must be one of %s for the scheme %s."
                            .formatted(String.join(", ", derivations), name),
                    null);
        }
        return Schemes.of(name, chosen);
    }

    Signer signer() throws CommandFailure {
        return signer(DEFAULT_ENDPOINT);
    }

    /** As deliveries to an endpoint are signed. */
    Signer signer(String endpoint) throws CommandFailure {
        return signer(endpoint, DEFAULT_SCHEME);
    }

    /** As above, by a scheme unless another was passed. */
    Signer signer(String endpoint, String schemeByDefault) throws CommandFailure {
        Scheme chosen = scheme(schemeByDefault);
        SecretFile file = file(endpoint);
        return new Signer(chosen, key(chosen, file.text(), file), environment.clock());
    }

    /** Never empty. */
    String secret() throws CommandFailure {
        SecretFile file = file(DEFAULT_ENDPOINT);
        String secret = file.text();
        key(scheme(), secret, file);
        return secret;
    }

    SecretFile file(String endpoint) {
        Optional<String> named = Environment.set(secretFile);
        Path generated = environment.home().resolve("endpoint-" + endpoint + ".secret");
        return endpoint.equals(DEFAULT_ENDPOINT)
                ? new SecretFile("secret", named, "--secret-file", generated)
                : new SecretFile("secret", named, "--secret-file", generated, GENERATOR);
    }

    private static HmacKey key(Scheme scheme, String secret, SecretFile file) throws CommandFailure {
        try {
            return scheme.key(secret);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.unusable("the secret in %s cannot be used: %s.".formatted(file, e.getMessage()), e);
        }
    }

    /** A name, of which the letters' case is of no account. */
    private static String oneOf(List<String> names, String typed) {
        return names.stream()
                .filter(typed::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("unknown"));
    }

    private static final class SchemeName implements ITypeConverter<String>, Iterable<String> {

        @Override
        public String convert(String typed) {
            return oneOf(Schemes.names(), typed);
        }

        @Override
        public Iterator<String> iterator() {
            return Schemes.names().iterator();
        }
    }

    private static final class Derivation implements ITypeConverter<String>, Iterable<String> {

        private static final List<String> NAMES = Schemes.names().stream()
                .flatMap(scheme -> Schemes.keyDerivations(scheme).stream())
                .distinct()
                .toList();

        @Override
        public String convert(String typed) {
            return oneOf(NAMES, typed);
        }

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }
}
