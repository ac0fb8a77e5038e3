package org.mxhooks;

import static com.tngtech.archunit.base.DescribedPredicate.and;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.ApplicationException;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Timestamp;
import java.sql.Wrapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.access.AuditFilter;
import org.mxhooks.access.UserFilter;
import org.mxhooks.database.EmbeddedDriver;
import org.mxhooks.dispatch.SteppedConsumer;

/** Holds the rooms apart: src/site/markdown/adr/0002-rooms.md. */
class ArchitectureTest {

    private static final String ROOT = "org.mxhooks.";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("signature", Set.of()),
            Map.entry("mendix", Set.of("event")),
            Map.entry("settings", Set.of("signature")),
            Map.entry("database", Set.of("settings")),
            Map.entry("web", Set.of("settings")),
            Map.entry("oidc", Set.of("settings")),
            Map.entry("access", Set.of("database", "oidc", "settings", "web")),
            Map.entry("ingest", Set.of("database", "inbox", "mendix", "web", "settings", "signature")),
            Map.entry("inbox", Set.of("database", "mendix", "resilience")),
            Map.entry("dispatch", Set.of("database", "event", "inbox", "mendix", "resilience", "settings")),
            Map.entry("observer", Set.of("dispatch", "event", "mendix")),
            Map.entry("mirror", Set.of("database", "event", "settings")),
            Map.entry(
                    "alarms",
                    Set.of("database", "event", "inbox", "ingest", "mendix", "observer", "operations", "relay")),
            Map.entry("resilience", Set.of()),
            Map.entry("jms", Set.of("event", "mendix", "resilience", "settings")),
            Map.entry(
                    "relay",
                    Set.of("database", "dispatch", "event", "inbox", "mendix", "resilience", "settings", "signature")),
            Map.entry("retention", Set.of("database", "dispatch", "inbox", "mirror", "relay", "settings")),
            Map.entry("operations", Set.of("database", "dispatch", "inbox", "mendix", "orders")),
            Map.entry("orders", Set.of("database")),
            Map.entry(
                    "privacy",
                    Set.of(
                            "alarms",
                            "database",
                            "dispatch",
                            "inbox",
                            "ingest",
                            "mendix",
                            "mirror",
                            "orders",
                            "relay",
                            "settings")),
            Map.entry(
                    "api",
                    Set.of(
                            "access",
                            "alarms",
                            "database",
                            "event",
                            "ingest",
                            "inbox",
                            "mendix",
                            "mirror",
                            "operations",
                            "orders",
                            "privacy",
                            "relay",
                            "web",
                            "settings",
                            "signature")),
            Map.entry(
                    "console",
                    Set.of(
                            "access",
                            "alarms",
                            "event",
                            "inbox",
                            "ingest",
                            "mendix",
                            "mirror",
                            "operations",
                            "orders",
                            "privacy",
                            "relay",
                            "settings",
                            "signature",
                            "web")),
            Map.entry(
                    "monitoring",
                    Set.of(
                            "access",
                            "alarms",
                            "database",
                            "dispatch",
                            "event",
                            "ingest",
                            "inbox",
                            "operations",
                            "web")),
            Map.entry("terminal", Set.of()),
            Map.entry("cli", Set.of("mendix", "signature", "terminal")),
            Map.entry("portal", Set.of("signature", "terminal")),
            Map.entry(
                    "testkit",
                    Set.of(
                            "database",
                            "dispatch",
                            "event",
                            "inbox",
                            "mendix",
                            "observer",
                            "operations",
                            "settings",
                            "signature")));

    private static final Pattern ROW = Pattern.compile("\\| `([a-z]+)` \\| .* \\| ((?:`[a-z]+`(?:, )?)*|–) \\|");
    private static final Pattern ROOM = Pattern.compile("`([a-z]+)`");
    private static final Path SOURCES = Path.of("src/main/java/org/mxhooks");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mxhooks");

    static Stream<String> rooms() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @Test
    void everyRoomHasARule() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().substring(ROOT.length())))
                .hasSameElementsAs(MAY_IMPORT.keySet());
    }

    /** Annotation literals are named as Jakarta's are; what is private to a type is seen by nobody else. */
    @Test
    void aSimpleTypeNameStandsOnce() {
        Map<String, List<String>> types = CLASSES.stream()
                .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                .filter(type -> !type.getModifiers().contains(JavaModifier.PRIVATE))
                .filter(type -> !type.getSimpleName().matches("Literal|package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, TreeMap::new, mapping(JavaClass::getName, toList())));

        types.values().removeIf(names -> names.size() == 1);
        assertThat(types).isEmpty();
    }

    @Test
    void thePageOnArchitectureShowsTheseRules() throws IOException {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/site/markdown/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                shown.put(
                        row.group(1),
                        ROOM.matcher(row.group(2))
                                .results()
                                .map(room -> room.group(1))
                                .collect(Collectors.toSet()));
            }
        }
        assertThat(shown).isEqualTo(MAY_IMPORT);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomHoldsLessThan16PercentOfTheCode(String room) throws IOException {
        assertThat(lines(SOURCES.resolve(room)) / (double) lines(SOURCES)).isLessThan(0.16);
    }

    private static long lines(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            long lines = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).size();
            }
            return lines;
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyItsNeighbours(String room) {
        String[] allowed = Stream.concat(Stream.of(room), MAY_IMPORT.get(room).stream())
                .map(name -> ROOT + name)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.mxhooks..").or(resideInAnyPackage(allowed)))
                .check(CLASSES);
    }

    /** Of classes with their nested ones, so that each can be read, tested and moved alone. */
    @ParameterizedTest
    @MethodSource("rooms")
    void noCycleIsInsideARoom(String room) {
        Map<String, Set<String>> uses = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(ROOT + room))
                .collect(groupingBy(ArchitectureTest::topLevel, flatMapping(ArchitectureTest::uses, toSet())));

        boolean cyclic = uses.keySet().stream().anyMatch(type -> reaches(type, type, uses, new HashSet<>()));
        assertThat(cyclic).as(uses.toString()).isFalse();
    }

    private static Stream<String> uses(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(target -> target.getPackageName().equals(type.getPackageName()))
                .map(ArchitectureTest::topLevel)
                .filter(target -> !target.equals(topLevel(type)));
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> uses, Set<String> seen) {
        return uses.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(to) || seen.add(next) && reaches(next, to, uses, seen));
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    /** Who is given a connection can do anything with the tables behind it. */
    @Test
    void noRoomButTheDatabaseHandsOutConnections() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.getPackageName().equals(ROOT + "database"))
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(unit -> unit.getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Connection.class)))
                        .map(JavaCodeUnit::getFullName))
                .isEmpty();
    }

    @Test
    void theEventLanguageNeedsNothingButCdiAndJson() {
        classes()
                .that()
                .resideInAPackage(ROOT + "event")
                .should()
                .onlyDependOnClassesThat(belongToAnyOf(ApplicationException.class)
                        .or(resideInAnyPackage(
                                ROOT + "event",
                                "java..",
                                "jakarta.inject..",
                                "jakarta.enterprise.util..",
                                "jakarta.json..")))
                .check(CLASSES);
    }

    @Test
    void signaturesNeedNothingButTheJdk() {
        onlyDependsOn("signature", "java..", "javax.crypto..");
    }

    @Test
    void payloadsAreDecodedByAPlainLibrary() {
        onlyDependsOn("mendix", "java..", "jakarta.json..", ROOT + "event");
    }

    @Test
    void onlyTheEdgesKnowJaxRs() {
        onlyIn("jakarta.ws.rs..", "access", "api", "ingest", "monitoring", "portal", "web");
    }

    /** A servlet filter asks the same. */
    @Test
    void whoMayPassIsDecidedWithoutJaxRs() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "access")
                .and(not(belongToAnyOf(UserFilter.class, AuditFilter.class)))
                .and(
                        not(
                                nameMatching(
                                        ".*\\.(SessionFilter|SessionCookie|UserSession|SignInServlet|SignOutServlet|SingleSignOnServlet).*")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..")
                .check(CLASSES);
    }

    /** It is a program of its own, with a server of its own. */
    @Test
    void onlyThePortalKnowsAServer() {
        onlyIn("org.glassfish..", "portal");
        onlyIn("jakarta.json.bind..", "portal");
    }

    @Test
    void onlyMonitoringKnowsTheFormatOfMeters() {
        onlyIn("io.micrometer.prometheusmetrics..", "monitoring");
    }

    @Test
    void onlyOneRoomKnowsOpenIdConnect() {
        onlyIn("com.nimbusds..", "oidc");
    }

    @Test
    void onlyTheConsoleKnowsFaces() {
        onlyIn("jakarta.faces..", "console");
    }

    @Test
    void onlyTheMirrorKnowsJpa() {
        onlyIn("jakarta.persistence..", "mirror", "web");
    }

    @Test
    void onlyOneRoomKnowsJms() {
        onlyIn("jakarta.jms..", "jms");
    }

    @Test
    void onlyTheTestKitKnowsACdiContainer() {
        onlyIn("org.jboss.weld..", "testkit");
        onlyIn("com.arjuna..", "testkit");
    }

    /** It stands beside dispatch for the test kit's sake, and is not in the WAR. */
    @Test
    void onlyTheTestKitStepsAConsumer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "testkit")
                .and(not(belongToAnyOf(SteppedConsumer.class)))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(SteppedConsumer.class)
                .check(CLASSES);
    }

    @Test
    void onlyObserverTouchesTheEventMachinery() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "observer")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Event.class, BeanManager.class, ObserverMethod.class)
                .check(CLASSES);
    }

    /** Nodes' clocks may differ: what is due, and who holds a lease, is decided by the database's. */
    @Test
    void dispatchReadsNoClockOfItsNode() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "dispatch")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, LocalDateTime.class, Date.class)
                .check(CLASSES);
    }

    /** Jersey looks for them in the server's language. */
    @Test
    void headersAreFoundInEveryLanguage() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .map(access -> access.getTarget().getFullName()))
                .doesNotContain(
                        "jakarta.ws.rs.container.ContainerRequestContext.getHeaderString(java.lang.String)",
                        "jakarta.ws.rs.core.HttpHeaders.getHeaderString(java.lang.String)",
                        "jakarta.ws.rs.core.HttpHeaders.getRequestHeader(java.lang.String)");
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> calls(
                                unit,
                                "jakarta.ws.rs.container.ContainerRequestContext.getHeaders()",
                                "jakarta.ws.rs.core.HttpHeaders.getRequestHeaders()"))
                        .filter(unit -> calls(
                                unit,
                                "jakarta.ws.rs.core.MultivaluedMap.containsKey(java.lang.Object)",
                                "jakarta.ws.rs.core.MultivaluedMap.get(java.lang.Object)",
                                "jakarta.ws.rs.core.MultivaluedMap.getFirst(java.lang.Object)")))
                .isEmpty();
    }

    private static boolean calls(JavaCodeUnit unit, String... methods) {
        return unit.getAccessesFromSelf().stream()
                .anyMatch(access -> Set.of(methods).contains(access.getTarget().getFullName()));
    }

    /**
     * The compiler refuses calls that depend on the server's language (Error Prone in pom.xml), but does not see
     * references.
     */
    @Test
    void noMethodReferenceDependsOnTheServersLanguage() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getMethodReferencesFromSelf().stream())
                        .map(reference -> reference.getTarget().getFullName()))
                .doesNotContain(
                        "java.lang.String.toUpperCase()",
                        "java.lang.String.toLowerCase()",
                        "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
                        "java.lang.String.formatted([Ljava.lang.Object;)",
                        "java.lang.String.getBytes()");
    }

    /** A {@code Timestamp} becomes a column by way of a zone: the JVM's, in which an hour may come twice. */
    @Test
    void noInstantPassesThroughAZone() {
        noClasses()
                .that(not(belongToAnyOf(EmbeddedDriver.class, ArchitectureTest.class)))
                .and(not(nameMatching(".*\\.InstantsTest.*")))
                .should()
                .dependOnClassesThat(belongToAnyOf(
                        Timestamp.class, java.sql.Date.class, java.sql.Time.class, Date.class, Calendar.class))
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(
                        and(nameMatching("[gs]et(Timestamp|Date|Time)"), owner(assignableTo(Wrapper.class)))))
                .check(new ClassFileImporter().importPackages("org.mxhooks"));
    }

    private static void onlyDependsOn(String room, String... packages) {
        String[] allowed =
                Stream.concat(Stream.of(ROOT + room), Arrays.stream(packages)).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(CLASSES);
    }

    private static void onlyIn(String library, String... rooms) {
        String[] allowed = Arrays.stream(rooms).map(room -> ROOT + room).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
