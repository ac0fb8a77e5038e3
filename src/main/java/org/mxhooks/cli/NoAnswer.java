package org.mxhooks.cli;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a request had no answer, with the remedy. */
final class NoAnswer {

    private NoAnswer() {}

    static CommandFailure failure(ServerUrl address, IOException cause) {
        return CommandFailure.noAnswer(text(address, cause), cause);
    }

    static String text(ServerUrl address, IOException cause) {
        if (!has(cause, SSLException.class)) {
            return "no answer from %s (%s). Is mxhooks running there? Start it, or pass --url."
                    .formatted(address, cause);
        }
        if (has(cause, CertPathBuilderException.class) || has(cause, CertPathValidatorException.class)) {
            return "the certificate of %s is not trusted (%s). For a CA of your own: java -Djavax.net.ssl.trustStore=FILE -jar …"
                    .formatted(address, cause);
        }
        return has(cause, CertificateException.class)
                ? "the certificate of %s is not valid for this address (%s). Pass the --url that it names."
                        .formatted(address, cause)
                : "no TLS connection with %s (%s). Does this port serve HTTPS? Pass its --url."
                        .formatted(address, cause);
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }
}
