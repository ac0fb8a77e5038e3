package org.mxhooks.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The secret that signs a body, and the derivation of its key. */
final class SigningOptions {

    private static final String DEFAULT_ENDPOINT = "default";

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
    private KeyDerivation derivation;

    SigningOptions(Environment environment) {
        this.environment = environment;
    }

    KeyDerivation derivation() {
        return derivation;
    }

    ProjectsSignature signature() throws CommandFailure {
        return signature(DEFAULT_ENDPOINT);
    }

    /** As a delivery to an endpoint is signed. */
    ProjectsSignature signature(String endpoint) throws CommandFailure {
        return new ProjectsSignature(file(endpoint).text(), derivation);
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

    private static final class Derivation implements ITypeConverter<KeyDerivation>, Iterable<String> {
        @Override
        public KeyDerivation convert(String name) {
            return Arrays.stream(KeyDerivation.values())
                    .filter(derivation -> derivation.text().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("unknown"));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(KeyDerivation.values())
                    .map(KeyDerivation::text)
                    .iterator();
        }
    }
}
