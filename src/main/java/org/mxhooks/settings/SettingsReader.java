package org.mxhooks.settings;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/** Reads all settings and gathers every problem before it complains. */
final class SettingsReader {

    private static final System.Logger LOG = System.getLogger(Settings.class.getName());
    private static final Pattern ENDPOINT_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._/-]{1,200}");
    private static final Pattern VERIFY_FULL = Pattern.compile("(?i)[?&]sslmode=verify-full(?:&|$)");
    private static final Pattern ON_THIS_MACHINE = Pattern.compile(
            "jdbc:postgresql:(?!//).*|jdbc:postgresql://(?:localhost|127(?:\\.\\d+){3}|\\[::1])?(?::\\d+)?(?:[/?].*)?");
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)[?&](ssl)?password=");
    private static final Pattern USER_IN_URL = Pattern.compile("^[^?]*@");
    private static final int SHORT_SECRET = 16;
    private static final int MAX_BODY_LIMIT = 64 * 1024 * 1024;

    private final Problems problems = new Problems();
    private final Configured configured;
    private final List<Runnable> warnings = new ArrayList<>();
    private final Map<String, Use> usesOfSecrets = new HashMap<>();

    /** Where a secret was met first. */
    private record Use(String endpoint, String setting) {}

    SettingsReader(Config config, Map<String, String> environment) {
        configured = new Configured(config, environment, problems);
    }

    Settings read() {
        Set<String> names = endpointNames();
        new Misspellings(configured, new SettingNames(names), !problems.any())
                .problems()
                .forEach(problems::add);
        Path home = home();
        DatabaseSettings database = database(home);
        Optional<GeneratedSecrets> generated =
                database.embedded() ? Optional.of(new GeneratedSecrets(new Home(home))) : Optional.empty();
        Map<String, EndpointSettings> endpoints = endpoints(names, generated);
        int maxBody = wholeNumber("mxhooks.max-body", 1_048_576, MAX_BODY_LIMIT);
        Account operator = operator(generated);
        Optional<Account> viewer = viewer(operator);
        Set<Network> trustedProxies = networks("mxhooks.trusted-proxies");
        DispatchSettings dispatch = new DispatchSettings(
                duration("mxhooks.retry.for", "P3D", Duration.ZERO, Duration.ofDays(365)),
                duration("mxhooks.consumer.timeout", "PT1M", Duration.ofSeconds(2), Duration.ofHours(1)),
                duration("mxhooks.retention", "P90D", Duration.ofMinutes(1), Duration.ofDays(36_500)));
        JmsSettings jms = jms();
        problems.throwIfAny();
        warnings.forEach(Runnable::run);
        if (database.embedded()) {
            LOG.log(
                    WARNING,
                    "Deliveries are kept in the embedded database in {0}: fine for trying out, not for production."
                            + " Set mxhooks.database.url to a PostgreSQL (jdbc:postgresql://host/database).",
                    home);
        }
        if (!database.embedded() && !isVerified(database.url())) {
            LOG.log(
                    WARNING,
                    "The connection to PostgreSQL does not verify the server: whoever is in between can read and change"
                            + " everything. Add sslmode=verify-full to mxhooks.database.url, unless the network is trusted.");
        }
        return new Settings(home, endpoints, maxBody, database, operator, viewer, trustedProxies, dispatch, jms);
    }

    private Path home() {
        Path byDefault = Path.of(System.getProperty("user.home"), ".mxhooks");
        try {
            return text("mxhooks.home").map(Path::of).orElse(byDefault).toAbsolutePath();
        } catch (InvalidPathException e) {
            problem("mxhooks.home", "is not a directory name: " + e.getReason());
            return byDefault;
        }
    }

    private DatabaseSettings database(Path home) {
        Optional<String> url = text("mxhooks.database.url");
        Optional<String> user = text("mxhooks.database.user");
        Optional<Secret> password = secret("mxhooks.database.password");
        if (url.isEmpty()) {
            if (user.isPresent() || password.isPresent()) {
                problem(
                        "mxhooks.database.url",
                        "is missing beside mxhooks.database.user or .password; set it, or none of them to use the"
                                + " embedded database");
            }
            return embedded(home);
        }
        if (!url.get().startsWith("jdbc:postgresql:")) {
            problem(
                    "mxhooks.database.url",
                    "must start with jdbc:postgresql: – or leave it out to use the embedded database");
        }
        if (USER_IN_URL.matcher(url.get()).find()) {
            problem(
                    "mxhooks.database.url",
                    "has a user or password before its host; use mxhooks.database.user and mxhooks.database.password");
        }
        if (PASSWORD_IN_URL.matcher(url.get()).find()) {
            problem(
                    "mxhooks.database.url",
                    "has a password in it, where logs would show it; use mxhooks.database.password");
        }
        return new DatabaseSettings(url.get(), user, password, false);
    }

    private static boolean isVerified(String url) {
        return ON_THIS_MACHINE.matcher(url).matches()
                || VERIFY_FULL.matcher(url).find();
    }

    private DatabaseSettings embedded(Path home) {
        if (home.toString().contains(";")) {
            problem("mxhooks.home", "has a semicolon, which the embedded database takes for the end of a file name");
        }
        new Home(home).close().ifPresent(obstacle -> problem("mxhooks.home", obstacle));
        return new DatabaseSettings(
                "jdbc:h2:uninterrupted:" + home.resolve("mxhooks"), Optional.of("sa"), Optional.empty(), true);
    }

    private Map<String, EndpointSettings> endpoints(Set<String> names, Optional<GeneratedSecrets> generated) {
        Map<String, EndpointSettings> endpoints = new HashMap<>();
        for (String name : names) {
            endpoint(name, generated).ifPresent(endpoint -> endpoints.put(name, endpoint));
        }
        return Map.copyOf(endpoints);
    }

    private Set<String> endpointNames() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : text("mxhooks.endpoints").orElse("default").split(",", -1)) {
            if (!ENDPOINT_NAME.matcher(name.strip()).matches()) {
                problem(
                        "mxhooks.endpoints",
                        "names an endpoint '%s'; allowed are up to 63 lower-case letters, digits and dashes"
                                .formatted(cut(name.strip())));
            } else if (!names.add(name.strip())) {
                problem("mxhooks.endpoints", "names '%s' more than once".formatted(cut(name.strip())));
            }
        }
        refuseSharedVariables(names);
        return names;
    }

    /** An environment variable has an underscore for a dot and for a dash. */
    private void refuseSharedVariables(Set<String> names) {
        Map<String, String> owners = new HashMap<>();
        for (String name : names) {
            for (String variable : SettingNames.endpointVariables(name)) {
                String other = owners.putIfAbsent(variable, name);
                if (other != null) {
                    problem(
                            "mxhooks.endpoints",
                            "names both '%s' and '%s', so that %s is a variable of both; rename one of them"
                                    .formatted(cut(other), cut(name), variable));
                    break;
                }
            }
        }
    }

    private Optional<EndpointSettings> endpoint(String name, Optional<GeneratedSecrets> generated) {
        String prefix = "mxhooks.endpoint." + name + ".";
        Scheme scheme = scheme(prefix);
        Optional<Secret> secret = requiredSecret(prefix + "secret", "endpoint-" + name + ".secret", generated);
        Optional<Secret> previous = secret(prefix + "previous-secret");
        secret.ifPresent(value -> refuseShared(value, new Use(name, prefix + "secret")));
        previous.ifPresent(value -> refuseShared(value, new Use(name, prefix + "previous-secret")));
        return secret.map(value -> new EndpointSettings(name, scheme, value, previous));
    }

    /** An endpoint's own previous secret may be the current one: so it is between the two steps of a rotation. */
    private void refuseShared(Secret secret, Use use) {
        Use first = usesOfSecrets.putIfAbsent(secret.value(), use);
        if (first != null && !first.endpoint().equals(use.endpoint())) {
            problem(use.setting(), "is the same as " + first.setting() + "; give each endpoint a secret of its own");
        }
    }

    private Scheme scheme(String prefix) {
        String name = oneOf(prefix + "scheme", Schemes.names());
        return Schemes.of(name, oneOf(prefix + "key-derivation", Schemes.keyDerivations(name)));
    }

    private Account operator(Optional<GeneratedSecrets> generated) {
        String user = user("mxhooks.operator.user").orElse("admin");
        Secret password = requiredSecret("mxhooks.operator.password", "operator.password", generated)
                .orElse(null);
        return new Account(user, password);
    }

    private Optional<Account> viewer(Account operator) {
        Optional<String> user = user("mxhooks.viewer.user");
        Optional<Secret> password = secret("mxhooks.viewer.password");
        if (user.isPresent() != password.isPresent()) {
            problem("mxhooks.viewer.user", "and mxhooks.viewer.password go together; set both, or neither");
        }
        if (user.map(Account::normalized).equals(Optional.of(Account.normalized(operator.user())))) {
            problem("mxhooks.viewer.user", "is the operator's too; give the viewer a name of its own");
        }
        return user.isPresent() && password.isPresent()
                ? Optional.of(new Account(user.get(), password.get()))
                : Optional.empty();
    }

    private Optional<String> user(String setting) {
        Optional<String> user = text(setting);
        if (user.orElse("").contains(":")) {
            problem(setting, "has a colon, which HTTP Basic cannot carry");
        }
        return user;
    }

    private Set<Network> networks(String setting) {
        Set<Network> networks = new LinkedHashSet<>();
        for (String range : text(setting).orElse("").split(",")) {
            try {
                if (!range.isBlank()) {
                    networks.add(Network.parse(range.strip()));
                }
            } catch (IllegalArgumentException e) {
                problem(
                        setting,
                        "names '%s', which is %s; allowed: addresses and ranges such as 192.0.2.7, 10.0.0.0/8, 2001:db8::/32,"
                                        .formatted(cut(range.strip()), e.getMessage())
                                + " separated by commas");
            }
        }
        return Set.copyOf(networks);
    }

    private JmsSettings jms() {
        return new JmsSettings(
                JmsSettings.Enabled.valueOf(oneOf("mxhooks.jms.enabled", List.of("auto", "true", "false"))
                        .toUpperCase(Locale.ROOT)),
                text("mxhooks.jms.connection-factory").orElse("java:comp/DefaultJMSConnectionFactory"),
                topic());
    }

    /** Brokers take other characters for wildcards, options or several topics. */
    private String topic() {
        String topic = text("mxhooks.jms.topic").orElse("mxhooks.events");
        if (!TOPIC.matcher(topic).matches()) {
            problem(
                    "mxhooks.jms.topic",
                    "is '%s'; allowed: up to 200 letters, digits, dots, slashes, dashes and underscores"
                            .formatted(cut(topic)));
        }
        return topic;
    }

    private Optional<Secret> requiredSecret(String setting, String file, Optional<GeneratedSecrets> generated) {
        Optional<Secret> given = secret(setting);
        if (given.isPresent() || configured.isGiven(setting) || configured.isGiven(setting + "-file")) {
            return given;
        }
        if (generated.isEmpty()) {
            problem(setting, "is missing; set it, or name a file that holds it in " + setting + "-file");
            return Optional.empty();
        }
        if (problems.any()) {
            return Optional.empty();
        }
        try {
            return Optional.of(generated.get().readOrGenerate(file));
        } catch (IOException e) {
            problem(setting, "is missing and could not be generated into mxhooks.home: " + e);
            return Optional.empty();
        }
    }

    private Optional<Secret> secret(String setting) {
        Optional<String> file = text(setting + "-file");
        Optional<String> value = configured.secret(setting);
        if (file.isPresent() && value.isPresent()) {
            problem(setting, "and " + setting + "-file are both set; keep one");
            return Optional.empty();
        }
        Optional<Secret> secret = file.isPresent() ? secretIn(file.get(), setting + "-file") : value.map(Secret::of);
        secret.ifPresent(given -> warnIfShort(setting, given));
        return secret;
    }

    private Optional<Secret> secretIn(String file, String setting) {
        try {
            Path path = Path.of(file);
            Secret secret = Secret.in(path);
            warnIfOpen(setting, path);
            return Optional.of(secret);
        } catch (IOException e) {
            problem(setting, "names %s, which cannot be read: %s".formatted(fileName(file), FileProblem.of(e)));
        } catch (InvalidPathException e) {
            problem(setting, "is not a file name: " + e.getReason());
        }
        return Optional.empty();
    }

    /** A name that leads nowhere may be the secret itself. */
    private static String fileName(String file) {
        Path directory = Path.of(file).getParent();
        boolean leadsToADirectory = directory != null && directory.getNameCount() > 0 && Files.isDirectory(directory);
        return leadsToADirectory ? "'" + file + "'" : "a file (if it is the secret itself, leave out -file)";
    }

    private void warnIfOpen(String setting, Path file) throws IOException {
        if (Home.isOpen(file)) {
            String permissions = Home.permissions(file);
            warn(
                    "{0} names {1}, which others than its owner may open ({2}): chmod 600, or 400",
                    setting, file, permissions);
        }
    }

    private void warnIfShort(String setting, Secret secret) {
        if (secret.value().codePointCount(0, secret.value().length()) < SHORT_SECRET) {
            warn(
                    "{0} has fewer than {1} characters and can be guessed; use a longer one",
                    setting, String.valueOf(SHORT_SECRET));
        }
    }

    private void warn(String message, Object... parameters) {
        warnings.add(() -> LOG.log(WARNING, message, parameters));
    }

    /** @param allowed values, the default first */
    private String oneOf(String setting, List<String> allowed) {
        String value = text(setting).orElse(allowed.get(0));
        if (allowed.contains(value)) {
            return value;
        }
        problem(
                setting,
                "is '%s'; allowed: %s"
                        .formatted(cut(value), allowed.stream().sorted().collect(joining(", "))));
        return allowed.get(0);
    }

    private int wholeNumber(String setting, int byDefault, int most) {
        String value = text(setting).orElse(String.valueOf(byDefault));
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is not a number", setting);
        }
        problem(setting, "is '%s'; allowed: a whole number from 1 to %s".formatted(cut(value), most));
        return byDefault;
    }

    private Duration duration(String setting, String byDefault, Duration least, Duration most) {
        String value = text(setting).orElse(byDefault);
        try {
            Duration duration = Duration.parse(value.strip());
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is not a duration", setting);
        }
        problem(
                setting,
                "is '%s'; allowed: an ISO 8601 duration of days, hours, minutes, seconds (%s) from %s to %s"
                        .formatted(cut(value), byDefault, least, most));
        return Duration.parse(byDefault);
    }

    private Optional<String> text(String setting) {
        return configured.text(setting);
    }

    private void problem(String setting, String what) {
        problems.add(setting, what);
    }

    private static String cut(String value) {
        return value.length() > 60 ? value.substring(0, 60) + "…" : value;
    }
}
