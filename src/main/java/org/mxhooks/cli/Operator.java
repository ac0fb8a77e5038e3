package org.mxhooks.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where the API is, and who asks. */
final class Operator {

    private static final String GENERATED_PASSWORD = "operator.password";

    private final Path home;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:MXHOOKS_URL:-http://127.0.0.1:8080/mxhooks}",
            description = {"The application. Default: MXHOOKS_URL, or else", "http://127.0.0.1:8080/mxhooks"})
    private URI url;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            defaultValue = "${env:MXHOOKS_USER:-admin}",
            description = "The operator, or a viewer. Default: MXHOOKS_USER, or else admin")
    private String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            defaultValue = "${env:MXHOOKS_PASSWORD_FILE:-}",
            description = "Holds the password. Default: MXHOOKS_PASSWORD_FILE, or else what a local mxhooks generated, "
                    + "operator.password in MXHOOKS_HOME or else ~/.mxhooks")
    private String passwordFile;

    Operator(Path home) {
        this.home = home;
    }

    Api api() throws Failure {
        Path file = passwordFile.isEmpty() ? home.resolve(GENERATED_PASSWORD) : Path.of(passwordFile);
        return new Api(application(), user, password(file), "user %s with the password in %s".formatted(user, file));
    }

    private String password(Path file) throws Failure {
        try {
            return Surroundings.secretIn(file);
        } catch (IOException e) {
            throw Failure.unusable(
                    "no password in %s (%s). Start mxhooks, which generates %s in %s, or pass --password-file."
                            .formatted(file, Surroundings.reason(e), GENERATED_PASSWORD, home),
                    e);
        }
    }

    private URI application() throws Failure {
        if (!Set.of("http", "https")
                        .contains(Optional.ofNullable(url.getScheme()).orElse(""))
                || url.getHost() == null) {
            throw Failure.unusable("cannot ask %s. Pass an http or https --url.".formatted(url), null);
        }
        if (url.getScheme().equals("http") && !isThisMachine(url.getHost())) {
            throw Failure.unusable(
                    "the password would go to %s in the clear. Pass an https --url; http is for this machine."
                            .formatted(url),
                    null);
        }
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
