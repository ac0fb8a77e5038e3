package org.mxhooks.settings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mxhooks.settings.JmsSettings.Enabled.AUTO;
import static org.mxhooks.settings.JmsSettings.Enabled.FALSE;
import static org.mxhooks.settings.JmsSettings.Enabled.TRUE;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.CapturedLog;
import org.mxhooks.MapConfig;
import org.mxhooks.signature.Schemes;

class SettingsTest {

    private static final String SECRET = "never-shown-1";
    private static final String OTHER_SECRET = "never-shown-2";

    @TempDir
    private Path directory;

    private Path home;
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void aHomeThatIsNotThereYet() {
        home = directory.resolve("parent/home");
        properties.put("mxhooks.home", home.toString());
    }

    @Test
    void withoutAnySettingEverythingIsEmbedded() {
        Settings settings = read();

        assertThat(settings.home()).isEqualTo(home);
        assertThat(settings.endpoints()).containsOnlyKeys("default");
        assertThat(settings.endpoints().get("default").scheme()).isEqualTo(Schemes.of("projects", "sha256-50"));
        assertThat(settings.endpoints().get("default").previousSecret()).isEmpty();
        assertThat(settings.maxBody()).isEqualTo(1_048_576);
        assertThat(settings.operator().user()).isEqualTo("admin");
        assertThat(settings.dispatch())
                .isEqualTo(new DispatchSettings(Duration.ofDays(3), Duration.ofMinutes(1), Duration.ofDays(90)));
        assertThat(settings.jms())
                .isEqualTo(new JmsSettings(AUTO, "java:comp/DefaultJMSConnectionFactory", "mxhooks.events"));
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:uninterrupted:" + home.resolve("mxhooks"));
    }

    @Test
    void anEndpointHasItsSchemeAndItsTolerance() {
        properties.put("mxhooks.endpoint.default.scheme", "standard-webhooks");
        assertThat(read().endpoints().get("default").scheme())
                .isEqualTo(Schemes.of("standard-webhooks", "auto", Duration.ofMinutes(5)));

        properties.put("mxhooks.endpoint.default.key-derivation", "raw");
        properties.put("mxhooks.endpoint.default.tolerance", "PT30S");
        assertThat(read().endpoints().get("default").scheme())
                .isEqualTo(Schemes.of("standard-webhooks", "raw", Duration.ofSeconds(30)));

        properties.put("mxhooks.endpoint.default.key-derivation", "sha256-50");
        properties.put("mxhooks.endpoint.default.tolerance", "PT0S");
        assertThat(problems())
                .contains("mxhooks.endpoint.default.key-derivation", "is 'sha256-50'; allowed: auto, raw")
                .contains("mxhooks.endpoint.default.tolerance", "from PT1S to PT168H");
    }

    @Test
    void aToleranceWithoutASignedTimeIsWarnedOf() {
        properties.put("mxhooks.endpoint.default.tolerance", "PT30S");
        try (CapturedLog log = new CapturedLog()) {
            read();

            assertThat(log.lines())
                    .contains("mxhooks.endpoint.default.tolerance has no effect: the scheme projects signs no time");
        }
    }

    @Test
    void sendersAreAllowedByAddress() {
        assertThat(read().endpoints().get("default").allowedSenders()).isEmpty();

        properties.put("mxhooks.endpoint.default.allowed-senders", "192.0.2.7,2001:db8::/32");
        assertThat(read().endpoints().get("default").allowedSenders())
                .extracting(Network::toString)
                .containsExactlyInAnyOrder("192.0.2.7/32", "2001:db8:0:0:0:0:0:0/32");

        properties.put("mxhooks.endpoint.default.allowed-senders", "hooks.example.com");
        assertThat(problems()).contains("mxhooks.endpoint.default.allowed-senders", "names are not looked up");
        properties.put("mxhooks.endpoint.default.allowed-senders", " , ");
        assertThat(problems()).contains("mxhooks.endpoint.default.allowed-senders", "names no address");
    }

    @ParameterizedTest
    @CsvSource({
        "whsec_never-shown, is not Base64; copy the secret again",
        "whsec_bmV2ZXItc2hvd24=, is the Base64 of 11 bytes; the key must have at least 24"
    })
    void aSecretThatIsNotWhatItsPrefixSaysIsRefused(String secret, String reason) {
        properties.put("mxhooks.endpoint.default.scheme", "standard-webhooks");
        properties.put("mxhooks.endpoint.default.secret", secret);
        properties.put("mxhooks.endpoint.default.previous-secret", secret);
        assertThat(problems())
                .contains("settings to correct: 2", "mxhooks.endpoint.default.previous-secret", reason)
                .doesNotContain(secret.substring(6));

        properties.put("mxhooks.endpoint.default.key-derivation", "raw");
        assertThat(read().endpoints()).containsOnlyKeys("default");
    }

    @Test
    void aDataSourceOfTheServerReplacesTheEmbeddedDatabaseAndWhatItGenerates() {
        properties.put("mxhooks.database.jndi", "java:/jdbc/company");
        assertThat(problems()).contains("mxhooks.endpoint.default.secret", "mxhooks.operator.password");

        withSecrets();
        DatabaseSettings database = read().database();
        assertThat(database.jndi()).contains("java:/jdbc/company");
        assertThat(database.embedded()).isFalse();
        assertThat(database.address()).isEqualTo("data source java:/jdbc/company");
        assertThat(home).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "mxhooks.database.url, jdbc:postgresql://db/mxhooks",
        "mxhooks.database.user, keeper",
        "mxhooks.database.password, never-shown-6"
    })
    void aDataSourceOfTheServerExcludesAConnectionOfOurOwn(String setting, String value) {
        withSecrets();
        properties.put("mxhooks.database.jndi", "jdbc/company");
        properties.put(setting, value);

        assertThat(problems())
                .contains("settings to correct: 1", "mxhooks.database.jndi")
                .contains("excludes mxhooks.database.url, .user and .password");
    }

    @Test
    void eventsArePublishedWhereTheSettingsSay() {
        properties.put("mxhooks.jms.enabled", "true");
        properties.put("mxhooks.jms.connection-factory", "jms/other");
        properties.put("mxhooks.jms.topic", "portal/events");

        assertThat(read().jms()).isEqualTo(new JmsSettings(TRUE, "jms/other", "portal/events"));
    }

    @Test
    void noProxyIsTrustedThatIsNotNamed() {
        assertThat(read().trustedProxies()).isEmpty();

        properties.put("mxhooks.trusted-proxies", " 127.0.0.1, ::1,10.0.3.0/28,, ");
        assertThat(read().trustedProxies())
                .extracting(Network::toString)
                .containsExactlyInAnyOrder("127.0.0.1/32", "0:0:0:0:0:0:0:1/128", "10.0.3.0/28");
    }

    @Test
    void whatIsNoRangeOfAddressesIsRefusedByName() {
        properties.put("mxhooks.trusted-proxies", "127.0.0.1,proxy.example.com,10.0.3.1/28,10.0.0.0/99");

        assertThat(problems())
                .contains(
                        "mxhooks.trusted-proxies (configuration source PropertiesConfigSource[source=test]) names 'proxy.example.com'",
                        "names are not looked up",
                        "'10.0.3.1/28', which is not the first address of its range; write 10.0.3.0/28",
                        "'10.0.0.0/99', which is not a range; behind the slash: 1 to 32");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db.example.com/mxhooks, true",
        "jdbc:postgresql://db.example.com/mxhooks?sslmode=require, true",
        "jdbc:postgresql://db.example.com/mxhooks?sslmode=verify-ca&sslrootcert=/ca.crt, true",
        "jdbc:postgresql://db.example.com/mxhooks?sslmode=verify-fully, true",
        "jdbc:postgresql://10.0.0.7:5432/mxhooks, true",
        "jdbc:postgresql://localhost.example.com/mxhooks, true",
        "'jdbc:postgresql://127.0.0.1:5432,db.example.com:5432/mxhooks', true",
        "jdbc:postgresql://db.example.com/mxhooks?sslrootcert=/ca.crt&sslmode=verify-full, false",
        "jdbc:postgresql://db.example.com/mxhooks?sslmode=VERIFY-FULL&sslrootcert=/ca.crt, false",
        "jdbc:postgresql://localhost/mxhooks, false",
        "jdbc:postgresql://127.0.0.1:5432/mxhooks?ApplicationName=x, false",
        "jdbc:postgresql://[::1]:5432/mxhooks, false",
        "jdbc:postgresql:mxhooks, false",
        "jdbc:postgresql:///mxhooks, false"
    })
    void aDatabaseThatIsNotVerifiedIsWarnedOf(String url, boolean warned) {
        properties.put("mxhooks.database.url", url);
        withSecrets();
        try (CapturedLog log = new CapturedLog()) {
            read();

            assertThat(log.lines().stream().anyMatch(line -> line.contains("sslmode=verify-full")))
                    .isEqualTo(warned);
        }
    }

    @Test
    void publishingCanBeSwitchedOff() {
        properties.put("mxhooks.jms.enabled", "false");

        assertThat(read().jms().enabled()).isEqualTo(FALSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankSettingCountsAsUnset(String blank) {
        properties.put("mxhooks.home", blank);
        withSecrets();

        assertThat(read().home()).isEqualTo(Path.of(System.getProperty("user.home"), ".mxhooks"));
    }

    @Test
    void generatedSecretsAreLongAndStayTheSame() {
        Settings first = read();
        Settings second = read();

        assertThat(secret(first)).hasSizeGreaterThan(40).isEqualTo(secret(second));
        assertThat(password(first)).hasSizeGreaterThan(40).isEqualTo(password(second));
        assertThat(secret(first)).isNotEqualTo(password(first));
    }

    @Test
    void generatedSecretsAreForTheirOwnerAlone() throws IOException {
        read();

        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(homeFiles())
                .extracting(file -> file.getFileName() + " " + permissions(file))
                .containsExactlyInAnyOrder(
                        "endpoint-default.secret rw-------", "operator.password rw-------", "relay.key rw-------");
    }

    /** As after a restore, or by the {@code fsGroup} of Kubernetes. */
    @Test
    void allThatAFirstStartGeneratedIsClosedAgain() throws IOException {
        read();
        List<Path> generated = homeFiles();
        for (Path file : generated) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));

        read();

        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(generated).hasSize(3).extracting(SettingsTest::permissions).containsOnly("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay.key", "endpoint-default.secret", "operator.password"})
    void aGeneratedFileIsClosedInAClosedHomeToo(String name) throws IOException {
        read();
        Path file = home.resolve(name);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        read();

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void nothingIsGeneratedForWhatIsGiven() {
        withSecrets();

        assertThat(secret(read())).isEqualTo(SECRET);
        assertThat(password(read())).isEqualTo(OTHER_SECRET);
        assertThat(home).doesNotExist();
    }

    @Test
    void everySettingCanBeAnEnvironmentVariable() throws IOException {
        Path file = Files.writeString(directory.resolve("previous"), OTHER_SECRET + "\n");

        Settings settings = SettingsReader.read(MapConfig.of(new EnvConfigSource(
                Map.ofEntries(
                        entry("MXHOOKS_HOME", home.toString()),
                        entry("MXHOOKS_ENDPOINTS", "team-a"),
                        entry("MXHOOKS_ENDPOINT_TEAM_A_SECRET", SECRET),
                        entry("MXHOOKS_ENDPOINT_TEAM_A_PREVIOUS_SECRET_FILE", file.toString()),
                        entry("MXHOOKS_ENDPOINT_TEAM_A_KEY_DERIVATION", "raw"),
                        entry("MXHOOKS_MAX_BODY", "2048")),
                300)));

        EndpointSettings endpoint = settings.endpoints().get("team-a");
        assertThat(endpoint.secret().value()).isEqualTo(SECRET);
        assertThat(endpoint.previousSecret()).map(Secret::value).hasValue(OTHER_SECRET);
        assertThat(endpoint.scheme()).isEqualTo(Schemes.of("projects", "raw"));
        assertThat(settings.maxBody()).isEqualTo(2048);
    }

    @ParameterizedTest
    @MethodSource("org.mxhooks.ProjectsSigner#keyDerivations")
    void everyKeyDerivationHasAName(String derivation) {
        withSecrets();
        properties.put("mxhooks.endpoint.default.key-derivation", derivation);

        assertThat(read().endpoints().get("default").scheme().keyDerivation()).isEqualTo(derivation);
    }

    @Test
    void endpointsAreNamedInAList() {
        properties.put("mxhooks.endpoints", " default, team-a ,7");

        assertThat(read().endpoints()).containsOnlyKeys("default", "team-a", "7");
    }

    @Test
    void aPostgresqlIsNotEmbedded() {
        withSecrets();
        properties.put("mxhooks.database.url", "jdbc:postgresql://db/mxhooks");
        properties.put("mxhooks.database.user", "keeper");
        properties.put("mxhooks.database.password", "never-shown-3");

        DatabaseSettings database = read().database();

        assertThat(database.embedded()).isFalse();
        assertThat(database.url()).isEqualTo("jdbc:postgresql://db/mxhooks");
        assertThat(database.user()).hasValue("keeper");
        assertThat(database.password()).map(Secret::value).hasValue("never-shown-3");
    }

    @Test
    void withPostgresqlEverySecretIsAskedFor() {
        properties.put("mxhooks.database.url", "jdbc:postgresql://db/mxhooks");

        assertThat(problems())
                .contains("settings to correct: 2")
                .contains("mxhooks.endpoint.default.secret (environment variable MXHOOKS_ENDPOINT_DEFAULT_SECRET)"
                        + " is missing; set it, or name a file that holds it in mxhooks.endpoint.default.secret-file")
                .contains("mxhooks.operator.password (environment variable MXHOOKS_OPERATOR_PASSWORD) is missing");
        assertThat(home).doesNotExist();
    }

    @Test
    void aViewerIsAnAccountOfItsOwn() {
        withSecrets();
        properties.put("mxhooks.viewer.user", "admin");
        properties.put("mxhooks.viewer.password", "of the viewer");

        assertThat(problems()).contains("mxhooks.viewer.user").contains("is also the operator's");

        properties.put("mxhooks.viewer.user", "viewer");
        assertThat(read().viewer().orElseThrow().user()).isEqualTo("viewer");
    }

    @Test
    void allProblemsAreReportedAtOnceEachOnce() {
        properties.put("mxhooks.endpoints", "Default,team-a");
        properties.put("mxhooks.endpoint.team-a.scheme", "x");
        properties.put("mxhooks.endpoint.team-a.key-derivation", "md5");
        properties.put(
                "mxhooks.endpoint.team-a.secret-file",
                directory.resolve("absent").toString());
        properties.put("mxhooks.max-body", "0");
        properties.put("mxhooks.operator.user", "a:b");
        properties.put("mxhooks.operator.password", "${absent}");
        properties.put("mxhooks.database.url", "jdbc:mysql://db/mxhooks");

        assertThat(problems().lines().skip(1).map(line -> line.split(" ")[1]))
                .containsExactlyInAnyOrder(
                        "mxhooks.endpoints",
                        "mxhooks.endpoint.team-a.scheme",
                        "mxhooks.endpoint.team-a.key-derivation",
                        "mxhooks.endpoint.team-a.secret-file",
                        "mxhooks.max-body",
                        "mxhooks.operator.user",
                        "mxhooks.operator.password",
                        "mxhooks.database.url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mxhooks.endpoints | UPPER | names an endpoint 'UPPER'; allowed are
                    mxhooks.endpoints | -a | names an endpoint '-a'; allowed are
                    mxhooks.endpoints | a/b | names an endpoint 'a/b'; allowed are
                    mxhooks.endpoints | default, | names an endpoint ''; allowed are
                    mxhooks.endpoints | default, default | names 'default' more than once
                    mxhooks.endpoint.default.scheme | PROJECTS | is 'PROJECTS'; allowed: projects
                    mxhooks.endpoint.default.key-derivation | md5 | is 'md5'; allowed: raw, sha256, sha256-50
                    mxhooks.max-body | 0 | is '0'; allowed: a whole number from 1 to 67108864
                    mxhooks.max-body | -1 | is '-1'; allowed: a whole number
                    mxhooks.max-body | abc | is 'abc'; allowed: a whole number
                    mxhooks.max-body | 1e3 | is '1e3'; allowed: a whole number
                    mxhooks.max-body | 67108865 | is '67108865'; allowed: a whole number
                    mxhooks.max-body | 99999999999 | is '99999999999'; allowed: a whole number
                    mxhooks.jms.enabled | yes | is 'yes'; allowed: auto, false, true
                    mxhooks.jms.topic | a,b | is 'a,b'; allowed: up to 200 letters, digits, dots
                    mxhooks.jms.topic | a.# | is 'a.#'; allowed: up to 200 letters
                    mxhooks.retry.for | 3 days | is '3 days'; allowed: an ISO 8601 duration of days, hours
                    mxhooks.retry.for | -PT1S | is '-PT1S'; allowed: an ISO 8601 duration
                    mxhooks.retry.for | P1Y | is 'P1Y'; allowed: an ISO 8601 duration
                    mxhooks.consumer.timeout | PT1S | (PT1M) from PT2S to PT1H
                    mxhooks.consumer.timeout | PT61M | (PT1M) from PT2S to PT1H
                    mxhooks.retention | PT1S | (P90D) from PT1M
                    mxhooks.database.url | jdbc:mysql://db/mxhooks | must start with jdbc:postgresql:
                    mxhooks.database.user | keeper | is missing, but mxhooks.database.user
                    mxhooks.database.password | never-shown-3 | is missing, but mxhooks.database.user
                    mxhooks.operator.user | a:b | contains a colon, which HTTP Basic does not allow
                    mxhooks.viewer.user | viewer | and mxhooks.viewer.password go together
                    mxhooks.viewer.password | never-shown-4 | and mxhooks.viewer.password go together
                    mxhooks.endpoint.default.secret-file | /dev/null | and mxhooks.endpoint.default.secret-file are both set
                    mxhooks.home | /tmp/a;b | contains a semicolon
                    """)
    void aWrongSettingIsReportedWithWhatIsAllowed(String setting, String value, String problem) {
        withSecrets();
        properties.put(setting, value);

        assertThat(problems()).contains("settings to correct: 1").contains(problem);
    }

    @Test
    void theSourceOfAWrongValueIsNamed() {
        withSecrets();
        properties.put("mxhooks.max-body", "0");
        environment.put("MXHOOKS_RETENTION", "long");
        environment.put("mxhooks_retry_for", "short");
        System.setProperty("mxhooks.consumer.timeout", "never");
        try {
            InvalidSettings wrong = catchThrowableOfType(
                    InvalidSettings.class,
                    () -> SettingsReader.read(
                            new SmallRyeConfigBuilder()
                                    .addDefaultInterceptors()
                                    .withSources(
                                            new PropertiesConfigSource(properties, "test", 100),
                                            new SysPropConfigSource())
                                    .build(),
                            environment));

            assertThat(wrong.getMessage())
                    .contains(
                            "mxhooks.max-body (configuration source PropertiesConfigSource[source=test]) is '0'",
                            "mxhooks.retention (environment variable MXHOOKS_RETENTION) is 'long'",
                            "mxhooks.retry.for (environment variable mxhooks_retry_for) is 'short'",
                            "mxhooks.consumer.timeout (system property) is 'never'");
        } finally {
            System.clearProperty("mxhooks.consumer.timeout");
        }
    }

    @Test
    void aListOfNothingIsNoListOfEndpoints() {
        properties.put("mxhooks.endpoints", ",");

        assertThat(problems()).contains("mxhooks.endpoints", "names an endpoint ''");
    }

    @Test
    void aHomeThatIsNoDirectoryNameIsReported() {
        withSecrets();
        properties.put("mxhooks.home", "a\0b");

        assertThat(problems())
                .contains(
                        "mxhooks.home (configuration source PropertiesConfigSource[source=test]) is not a directory name");
    }

    @Test
    void aHomeThatCannotBeWrittenIsReported() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        properties.put("mxhooks.home", directory.resolve("file/home").toString());

        assertThat(problems())
                .contains("mxhooks.endpoint.default.secret", "could not be generated into mxhooks.home", "file");
    }

    @Test
    void aPasswordInTheDatabasesUrlIsRefused() {
        withSecrets();
        properties.put("mxhooks.database.url", "jdbc:postgresql://db/mxhooks?ssl=true&password=never-shown-3");

        assertThat(problems()).contains("mxhooks.database.url", "contains a password", "mxhooks.database.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n"})
    void aBlankSecretFileIsReported(String content) throws IOException {
        assertThat(problemsWithSecretFile(Files.writeString(directory.resolve("secret"), content)))
                .contains("the file is blank");
    }

    @Test
    void aMissingSecretFileIsReported() {
        assertThat(problemsWithSecretFile(directory.resolve("absent"))).contains("the file does not exist");
    }

    @Test
    void aSecretFileThatCannotBeReadIsReported() throws IOException {
        assertThat(problemsWithSecretFile(directory)).contains("cannot be read");
        assertThat(problemsWithSecretFile(
                        Files.write(directory.resolve("secret"), "never-shown-ä".getBytes(ISO_8859_1))))
                .contains("it is neither UTF-8 nor UTF-16");
    }

    @ParameterizedTest
    @CsvSource({
        "secret, secret",
        "previous-secret, secret",
        "secret, previous-secret",
        "previous-secret, previous-secret"
    })
    void twoEndpointsMayNotShareASecret(String ofOne, String ofOther) {
        properties.put("mxhooks.endpoints", "one,other");
        properties.put("mxhooks.endpoint.one." + ofOne, SECRET);
        properties.put("mxhooks.endpoint.other." + ofOther, SECRET);

        assertThat(problems())
                .contains("mxhooks.endpoint.other." + ofOther)
                .contains("is the same as mxhooks.endpoint.one." + ofOne);
    }

    @Test
    void anEndpointsPreviousSecretMayStillBeTheCurrentOne() {
        withSecrets();
        properties.put("mxhooks.endpoint.default.previous-secret", SECRET);

        assertThat(read().endpoints().get("default").previousSecret())
                .map(Secret::value)
                .hasValue(SECRET);
    }

    @Test
    void anExpressionOfNothingIsNotTakenForAnUnsetSecret() {
        properties.put("mxhooks.endpoint.default.secret", "never-shown-${absent}");

        assertThat(problems()).contains("mxhooks.endpoint.default.secret", "has an expression ${…}");
    }

    /** As Payara's implementation does. */
    @Test
    void anExpressionOfNothingThatTheServerThrowsOnIsRefusedToo() {
        withSecrets();
        Config config = MapConfig.of(properties);
        Config throwing = (Config) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0].equals("mxhooks.operator.password")) {
                        throw new NoSuchElementException("never-shown");
                    }
                    return method.invoke(config, arguments);
                });

        assertThatThrownBy(() -> SettingsReader.read(throwing, environment))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("mxhooks.operator.password-file, whose content is used unchanged")
                .hasMessageNotContaining("never-shown");
    }

    @Test
    void settingsAsTextRevealNoSecret() {
        withSecrets();
        properties.put("mxhooks.endpoint.default.previous-secret", OTHER_SECRET);

        assertThat(read().toString()).doesNotContain("never-shown");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mxhooks.databse.url | mxhooks.databse.url is not a setting; did you mean mxhooks.database.url?
                    mxhooks.database-url | mxhooks.database-url is not a setting; did you mean mxhooks.database.url?
                    mxhooks.endpoints.default.secret | did you mean mxhooks.endpoint.default.secret?
                    mxhooks.endpoint.default.secrte | did you mean mxhooks.endpoint.default.secret?
                    mxhooks.endpoint.default.previous_secret | did you mean mxhooks.endpoint.default.previous-secret?
                    mxhooks.operator.pasword-file | did you mean mxhooks.operator.password-file?
                    mxhooks.maxBody | did you mean mxhooks.max-body?
                    Mxhooks.Home | did you mean mxhooks.home?
                    MXHOOKS_RETENTION | did you mean mxhooks.retention?
                    mxhooks.tls | mxhooks.tls is not a setting; remove it
                    mxhooks.endpoint.team-a.secret | mxhooks.endpoints does not list; add team-a to it
                    """)
    void aPropertyThatIsNoSettingIsTakenForASlip(String property, String problem) {
        withSecrets();
        properties.put(property, "never-shown-5");

        assertThat(problems()).contains("settings to correct: 1").contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MXHOOKS_DATABSE_URL | MXHOOKS_DATABSE_URL is not a setting; did you mean MXHOOKS_DATABASE_URL?
                    MXHOOKS_ENDPOINT_DEFAULT_SECRET_FIEL | did you mean MXHOOKS_ENDPOINT_DEFAULT_SECRET_FILE?
                    MXHOOKS_ENDPOINT_TEAM_A_SECRET | mxhooks.endpoints does not list; add team-a to it
                    MXHOOKS_ENDPOINT_TEAM_A_PREVIOUS_SECRET_FILE | mxhooks.endpoints does not list; add team-a to it
                    MXHOOKS_PASSWORD | MXHOOKS_PASSWORD is not a setting
                    MXHOOKS_DATABASE_PORT | MXHOOKS_DATABASE_PORT is not a setting
                    MXHOOKS_ENDPOINT_DEFAULT_ELEPHANTS | MXHOOKS_ENDPOINT_DEFAULT_ELEPHANTS is not a setting; remove it
                    MXHOOKS_ENDPOINT_DEFAULT_TIMEOUT | MXHOOKS_ENDPOINT_DEFAULT_TIMEOUT is not a setting; remove it
                    mxhooks_retry_fro | did you mean MXHOOKS_RETRY_FOR?
                    """)
    void aVariableThatIsNoSettingIsTakenForASlip(String variable, String problem) {
        withSecrets();
        environment.put(variable, "never-shown-5");

        assertThat(problems()).contains("settings to correct: 1").contains(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MXHOOK_MAX_BODY | did you mean MXHOOKS_MAX_BODY?
                    MXHOOKSMAX_BODY | did you mean MXHOOKS_MAX_BODY?
                    MX_HOOKS_MAX_BODY | did you mean MXHOOKS_MAX_BODY?
                    MXHOKS_MAX_BODYS | did you mean MXHOOKS_MAX_BODY?
                    MXHOOCS_HOME | did you mean MXHOOKS_HOME?
                    MXHOOK_ENDPOINT_DEFAULT_PREVIOUS_SECRET_FILE | did you mean MXHOOKS_ENDPOINT_DEFAULT_PREVIOUS_SECRET_FILE?
                    mxhookss_retention | did you mean MXHOOKS_RETENTION?
                    """)
    void aSlipInThePrefixOfAVariableIsFound(String variable, String problem) {
        withSecrets();
        environment.put(variable, "never-shown-5");

        assertThat(problems()).contains("settings to correct: 1").contains(variable + " is not a setting; " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mxhook.max-body", "mx.hooks.max-body", "mxhooksmax-body"})
    void aSlipInThePrefixOfAPropertyIsFound(String property) {
        withSecrets();
        properties.put(property, "never-shown-5");

        assertThat(problems()).contains("settings to correct: 1").contains("did you mean mxhooks.max-body?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MYHOOKS_HOME",
                "WEBHOOKS_RETENTION",
                "HOOKS_MAX_BODY",
                "MXHOOK_VERSION",
                "MXHOOKSHOME_DIRECTORY",
                "MX_HOME",
                "MX_RUNTIME_URL",
                "MXBUILD_HOME",
                "MXHOOK_HOST",
                "MXHOOK"
            })
    void variablesOfOtherProgramsAreNoSlips(String variable) {
        withSecrets();
        environment.put(variable, "of others");

        assertThat(read().endpoints()).containsOnlyKeys("default");
    }

    /** What a variable cannot tell apart. */
    @ParameterizedTest
    @ValueSource(strings = {"x,x-previous", "x-previous, a, x", "a,x-previous-previous,x-previous"})
    void endpointsWithAVariableInCommonAreRefused(String endpoints) {
        properties.put("mxhooks.endpoints", endpoints);

        assertThat(problems())
                .contains(
                        "mxhooks.endpoints (configuration source PropertiesConfigSource[source=test]) names both",
                        "'x-previous'",
                        "PREVIOUS_SECRET is a variable of both; rename one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-previous,a", "x,previous", "a-b,ab", "x,x-previous-1,x-secret,x-file"})
    void endpointsWithoutAVariableInCommonAreTaken(String endpoints) {
        properties.put("mxhooks.endpoints", endpoints);

        assertThat(read().endpoints()).hasSize(endpoints.split(",").length);
    }

    @Test
    void theViewersNameIsNotTheOperatorsInAnotherForm() {
        withSecrets();
        properties.put("mxhooks.operator.user", "Ren\u00e9");
        properties.put("mxhooks.viewer.user", "Rene\u0301");
        properties.put("mxhooks.viewer.password", "never-shown-5");

        assertThat(problems()).contains("mxhooks.viewer.user", "is also the operator's");
    }

    /** A service of Kubernetes in the pod's environment, and the command line's variables. */
    @ParameterizedTest
    @CsvSource({
        "MXHOOKS_SERVICE_HOST, 10.96.1.7",
        "MXHOOKS_SERVICE_PORT, 8080",
        "MXHOOKS_SERVICE_PORT_HTTP, 8080",
        "MXHOOKS_PORT, tcp://10.96.1.7:8080",
        "MXHOOKS_PORT_8080_TCP, tcp://10.96.1.7:8080",
        "MXHOOKS_PORT_8080_TCP_ADDR, 10.96.1.7",
        "MXHOOKS_DATABASE_PORT, tcp://10.96.1.8:5432",
        "MXHOOKS_DATABASE_SERVICE_HOST, 10.96.1.8",
        "MXHOOKS_DATABASE_PORT_5432_TCP_PROTO, tcp",
        "MXHOOKS_DATABSE_URL, ''",
        "MXHOOKSTER, of others",
        "mxhooks.max-body, 2048",
        "mxhooks_max_body, 2048"
    })
    void otherVariablesAreNoSlips(String variable, String value) {
        withSecrets();
        environment.put(variable, value);

        assertThat(read().endpoints()).containsOnlyKeys("default");
    }

    @Test
    void theCommandLinesVariablesAreNoSlips() throws IOException {
        withSecrets();
        Matcher variables =
                Pattern.compile("`(MXHOOKS_[A-Z_]+)`").matcher(Files.readString(Path.of("src/site/markdown/cli.md")));
        variables.results().forEach(variable -> environment.put(variable.group(1), home.toString()));

        assertThat(environment).containsKey("MXHOOKS_URL");
        assertThat(read().endpoints()).containsOnlyKeys("default");
    }

    /** As the servers' implementations do in Turkish, where an i has no I for its upper case. */
    @Test
    void aVariableThatTheServerMissesIsFound() {
        properties.put("mxhooks.operator.password", "of lower rank");
        environment.put("MXHOOKS_ENDPOINT_DEFAULT_SECRET", SECRET);
        environment.put("MXHOOKS_OPERATOR_PASSWORD", OTHER_SECRET);
        environment.put("MXHOOKS_RELAY_KEY", "a key of this test");

        Settings settings = read();

        assertThat(secret(settings)).isEqualTo(SECRET);
        assertThat(password(settings)).isEqualTo(OTHER_SECRET);
        assertThat(home).doesNotExist();
    }

    @Test
    void aPropertyWinsOverAVariable() {
        withSecrets();
        environment.put("MXHOOKS_OPERATOR_USER", "variable");

        Config config = MapConfig.of(new PropertiesConfigSource(Map.of("mxhooks.operator.user", "property"), "", 400));
        environment.put("MXHOOKS_HOME", home.toString());

        assertThat(SettingsReader.read(config, environment).operator().user()).isEqualTo("property");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never-shown-1\n", "never-shown-1\r\n\r\n", "\uFEFFnever-shown-1", "\nnever-shown-1"})
    void whatToolsPutAroundASecretIsNotPartOfIt(String value) {
        withSecrets();
        properties.put("mxhooks.endpoint.default.secret", value);

        assertThat(secret(read())).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\uFEFF\n"})
    void aBlankSecretCountsAsUnset(String blank) {
        properties.put("mxhooks.database.url", "jdbc:postgresql://db/mxhooks");
        properties.put("mxhooks.endpoint.default.secret", SECRET);
        properties.put("mxhooks.operator.password", blank);
        properties.put("mxhooks.operator.password-file", "");

        assertThat(problems()).contains("settings to correct: 1").contains("mxhooks.operator.password (");
    }

    @Test
    void lettersThatJavaCouldNotReadAreRefusedWithTheRemedy() {
        withSecrets();
        properties.put("mxhooks.endpoint.default.secret", "never-shown-\uFFFD\uFFFD");
        properties.put("mxhooks.viewer.user", "J\uFFFD\uFFFDrgen");
        properties.put("mxhooks.viewer.password", OTHER_SECRET);

        assertThat(problems())
                .contains("settings to correct: 2")
                .contains("LANG=C.UTF-8, or use mxhooks.endpoint.default.secret-file")
                .contains("mxhooks.viewer.user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never-shown-${mxhooks.home}", "${mxhooks.home}-${mxhooks.home}", "never-shown-\\${a}"})
    void aSecretThatTheServerWouldChangeIsRefused(String value) {
        withSecrets();
        properties.put("mxhooks.endpoint.default.secret", value);

        assertThat(problems()).contains("settings to correct: 1").contains("use mxhooks.endpoint.default.secret-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${the.portals.secret}", "never-shown-$5\\6}{7"})
    void aSecretMayBeAWholeExpressionAndHaveOddCharacters(String value) {
        withSecrets();
        properties.put("the.portals.secret", SECRET);
        properties.put("mxhooks.endpoint.default.secret", value);

        assertThat(secret(read())).isEqualTo(value.startsWith("${") ? SECRET : value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"never-shown-1", "never/shown/1", "/never-shown/1", "never-shown-\0"})
    void aSecretInPlaceOfItsFileIsNotShown(String secret) {
        properties.put("mxhooks.operator.password", OTHER_SECRET);
        properties.put("mxhooks.endpoint.default.secret-file", secret);

        assertThat(problems()).contains("settings to correct: 1").doesNotContain("shown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://keeper:never-shown-3@db/mxhooks",
                "jdbc:postgresql://db/mxhooks?PASSWORD=never-shown-3",
                "postgresql://keeper:never-shown-3@db/mxhooks",
                "jdbc:mysql://db/mxhooks?password=never-shown-3"
            })
    void noPasswordInAUrlIsTakenOrShown(String url) {
        withSecrets();
        properties.put("mxhooks.database.url", url);

        assertThat(problems()).contains("mxhooks.database.url");
    }

    @Test
    void shortSecretsAreWarnedOfByTheirNames() {
        withSecrets();
        properties.put("mxhooks.endpoint.default.secret", "never-shown-16-c");
        try (CapturedLog log = new CapturedLog()) {
            read();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("mxhooks.operator.password has fewer than 16 characters"))
                    .noneMatch(line -> line.contains("never-shown") || line.contains("default.secret has"));
        }
    }

    @Test
    void aSecretFileThatOthersMayOpenIsWarnedOf() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET);
        properties.put("mxhooks.endpoint.default.secret-file", file.toString());
        properties.put("mxhooks.operator.password", OTHER_SECRET);
        try (CapturedLog log = new CapturedLog()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            read();
            assertThat(log.lines()).noneMatch(line -> line.contains("may open"));

            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
            read();
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("mxhooks.endpoint.default.secret-file names " + file)
                            && line.contains("(r--r-----): chmod 600"));
        }
    }

    @Test
    void aCallOfTheRelayEndsBeforeTheConsumerIsGivenUp() {
        withSecrets();
        properties.put("mxhooks.consumer.timeout", "PT10S");
        assertThat(read().relay().timeout()).isEqualTo(Duration.ofMillis(7_500));

        properties.put("mxhooks.relay.timeout", "PT8S");
        assertThat(problems()).contains("mxhooks.relay.timeout", "is PT8S, more than three quarters", "up to PT7.5S");

        properties.put("mxhooks.relay.timeout", "PT7S");
        assertThat(read().relay().timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void thePreviousKeyOfTheRelayIsAnotherAndNotTheOnlyOne() {
        withSecrets();
        properties.put("mxhooks.relay.previous-key", "a key of this test");

        assertThat(problems())
                .contains("mxhooks.relay.previous-key", "is the same as mxhooks.relay.key; set mxhooks.relay.key to")
                .doesNotContain("a key of this test");

        properties.put("mxhooks.relay.previous-key", "the key before");
        assertThat(read().relay().previousKey().orElseThrow().value()).isEqualTo("the key before");

        properties.remove("mxhooks.relay.key");
        properties.put("mxhooks.database.url", "jdbc:postgresql://localhost/mxhooks");
        properties.put("mxhooks.database.user", "mxhooks");
        properties.put("mxhooks.database.password", OTHER_SECRET);
        assertThat(problems()).contains("mxhooks.relay.previous-key", "is set without mxhooks.relay.key");
    }

    private void withSecrets() {
        properties.put("mxhooks.endpoint.default.secret", SECRET);
        properties.put("mxhooks.operator.password", OTHER_SECRET);
        properties.put("mxhooks.relay.key", "a key of this test");
    }

    private String problemsWithSecretFile(Path file) {
        properties.put("mxhooks.endpoint.default.secret-file", file.toString());
        String problems = problems();
        assertThat(problems)
                .contains("settings to correct: 1")
                .contains("mxhooks.endpoint.default.secret-file"
                        + " (configuration source PropertiesConfigSource[source=test]) names '" + file + "'");
        return problems;
    }

    private String problems() {
        InvalidSettings invalid = catchThrowableOfType(InvalidSettings.class, this::read);
        assertThat(invalid).as("refusal of " + properties.keySet()).isNotNull();
        assertThat(invalid).hasMessageNotContaining("never-shown");
        return invalid.getMessage();
    }

    private Settings read() {
        return SettingsReader.read(MapConfig.of(properties), environment);
    }

    private static String secret(Settings settings) {
        return settings.endpoints().get("default").secret().value();
    }

    private static String password(Settings settings) {
        return settings.operator().password().value();
    }

    private List<Path> homeFiles() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.toList();
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
