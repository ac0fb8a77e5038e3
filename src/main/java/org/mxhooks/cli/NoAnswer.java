package org.mxhooks.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
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
                    .formatted(address, reason(cause));
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

    /** The client's exceptions for these two have no message. */
    private static String reason(IOException cause) {
        if (has(cause, UnresolvedAddressException.class)) {
            return "the name of the host is unknown";
        }
        return cause instanceof ConnectException && cause.getMessage() == null
                ? "the connection is refused"
                : cause.toString();
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .anyMatch(type::isInstance);
    }
}
