package org.mxhooks.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** By which secret a body is signed, and how its key is derived. */
final class Signing {

    private static final String GENERATED_SECRET = "endpoint-default.secret";

    private final Path home;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "Holds the endpoint's secret. Default: what a local mxhooks generated, "
                    + "endpoint-default.secret in MXHOOKS_HOME or else ~/.mxhooks")
    private Optional<Path> secretFile;

    @Option(
            names = "--key-derivation",
            paramLabel = "NAME",
            defaultValue = "sha256-50",
            converter = Derivation.class,
            completionCandidates = Derivation.class,
            description = "${COMPLETION-CANDIDATES}, as set for the endpoint. Default: ${DEFAULT-VALUE}")
    private KeyDerivation derivation;

    Signing(Path home) {
        this.home = home;
    }

    KeyDerivation derivation() {
        return derivation;
    }

    ProjectsSignature signature() throws Failure {
        return new ProjectsSignature(secret(), derivation);
    }

    /** Holds the secret. */
    Path file() {
        return secretFile.orElse(home.resolve(GENERATED_SECRET));
    }

    /** Never empty. */
    String secret() throws Failure {
        Path file = file();
        try {
            String secret = Surroundings.secretIn(file);
            if (secret.isEmpty()) {
                throw noSecret(file, "the secret is empty", null);
            }
            return secret;
        } catch (IOException e) {
            throw noSecret(file, Surroundings.reason(e), e);
        }
    }

    private Failure noSecret(Path file, String reason, Exception cause) {
        return Failure.unusable(
                "no secret in %s (%s). Start mxhooks, which generates %s in %s, or pass --secret-file."
                        .formatted(file, reason, GENERATED_SECRET, home),
                cause);
    }

    private static final class Derivation implements ITypeConverter<KeyDerivation>, Iterable<String> {
        @Override
        public KeyDerivation convert(String name) {
            return Arrays.stream(KeyDerivation.values())
                    .filter(derivation -> derivation.text().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'%s' is none of %s".formatted(name, String.join(", ", this))));
        }

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(KeyDerivation.values())
                    .map(KeyDerivation::text)
                    .iterator();
        }
    }
}
