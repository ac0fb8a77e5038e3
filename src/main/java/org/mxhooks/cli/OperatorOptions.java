package org.mxhooks.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The URL of the application, and the user. */
final class OperatorOptions {

    private static final String GENERATED_PASSWORD = "operator.password";

    static final String LOCAL = "http://127.0.0.1:8080/mxhooks";
    private static final String ADMIN = "admin";

    private final Environment environment;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = {"URL of the application. Default: MXHOOKS_URL, otherwise", "http://127.0.0.1:8080/mxhooks"})
    private String url;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "The operator or viewer. Default: MXHOOKS_USER, otherwise admin")
    private String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "File with the password. Default: MXHOOKS_PASSWORD_FILE, otherwise the generated "
                    + "operator.password in MXHOOKS_HOME or ~/.mxhooks")
    private String passwordFile;

    OperatorOptions(Environment environment) {
        this.environment = environment;
    }

    Api api() throws CommandFailure {
        String name = environment.given(user, "MXHOOKS_USER").orElse(ADMIN);
        Optional<String> fromVariable = environment.variable("MXHOOKS_PASSWORD_FILE");
        Optional<String> fromOption = Environment.set(passwordFile);
        SecretFile password = new SecretFile(
                "password",
                fromOption.or(() -> fromVariable),
                fromOption.isPresent() ? "--password-file" : "MXHOOKS_PASSWORD_FILE",
                environment.home().resolve(GENERATED_PASSWORD));
        return new Api(
                application(), name, password.text(), "user %s with the password in %s".formatted(name, password));
    }

    private ServerUrl application() throws CommandFailure {
        ServerUrl address = ServerUrl.of(environment.given(url, "MXHOOKS_URL").orElse(LOCAL));
        if (!address.isEncrypted() && !address.isThisMachine()) {
            throw CommandFailure.unusable(
                    "the password would go to %s without HTTPS. Pass an https --url; http is for this machine."
                            .formatted(address),
                    null);
        }
        return address.application();
    }
}
