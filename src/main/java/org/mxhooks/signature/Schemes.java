package org.mxhooks.signature;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** All schemes, by the names that settings use. */
public final class Schemes {

    /** How far a signed time may be off, unless an endpoint says otherwise. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    /** A scheme's name, its key derivations, the default first, and what makes it of one of them and a tolerance. */
    private record Entry(String name, List<String> keyDerivations, BiFunction<String, Duration, Scheme> scheme) {}

    private static final List<Entry> ALL = List.of(
            new Entry(
                    ProjectsScheme.NAME,
                    texts(ProjectsKey.values(), ProjectsKey::text),
                    (derivation, unused) -> new ProjectsScheme(ProjectsKey.named(derivation))),
            new Entry(
                    StandardScheme.NAME,
                    texts(StandardKey.values(), StandardKey::text),
                    (derivation, tolerance) -> new StandardScheme(StandardKey.named(derivation), tolerance)));

    private Schemes() {}

    /** The names, the default first. */
    public static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /**
     * The names of a scheme's key derivations, the default first.
     *
     * @throws IllegalArgumentException if there is no such scheme
     */
    public static List<String> keyDerivations(String scheme) {
        return entry(scheme).keyDerivations();
    }

    /**
     * A scheme with its default key derivation and tolerance.
     *
     * @throws IllegalArgumentException if there is no such scheme
     */
    public static Scheme of(String scheme) {
        return of(scheme, keyDerivations(scheme).get(0));
    }

    /** As {@link #of(String, String, Duration)}, with the default tolerance. */
    public static Scheme of(String scheme, String keyDerivation) {
        return of(scheme, keyDerivation, DEFAULT_TOLERANCE);
    }

    /**
     * A scheme.
     *
     * @param tolerance how far a signed time may be off, either way, where the scheme has one
     * @throws IllegalArgumentException if there is no such scheme, or it has no such key derivation
     */
    public static Scheme of(String scheme, String keyDerivation, Duration tolerance) {
        return entry(scheme).scheme().apply(keyDerivation, tolerance);
    }

    /** The scheme of a name that was stored; empty if this release does not have it. */
    public static Optional<Scheme> find(String scheme) {
        return Optional.of(scheme).filter(names()::contains).map(Schemes::of);
    }

    /**
     * Diagnoses what the headers of a request for an endpoint of a scheme alone show: that it is of another scheme, or
     * as {@link Scheme#diagnose(RequestHeaders)}.
     */
    public static Optional<Diagnosis> diagnose(Scheme scheme, RequestHeaders headers) {
        return ofOtherScheme(scheme, headers).or(() -> scheme.diagnose(headers));
    }

    private static Optional<Diagnosis> ofOtherScheme(Scheme scheme, RequestHeaders headers) {
        return headers.value(scheme.signatureHeader()).isPresent()
                ? Optional.empty()
                : names().stream()
                        .map(Schemes::of)
                        .filter(other -> headers.value(other.signatureHeader()).isPresent())
                        .findFirst()
                        .map(other -> new Diagnosis(
                                false,
                                "other scheme",
                                "The request is signed by the scheme %s and not by %s: set the scheme to it, or send to an endpoint that has it."
                                        .formatted(other.name(), scheme.name()),
                                Optional.of("scheme")));
    }

    /** The headers that senders of any scheme set, none of which holds a secret. */
    public static Set<String> headers() {
        return names().stream().flatMap(name -> of(name).headers().stream()).collect(toUnmodifiableSet());
    }

    private static Entry entry(String scheme) {
        return ALL.stream()
                .filter(entry -> entry.name().equals(scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scheme '%s'".formatted(scheme)));
    }

    private static <T> List<String> texts(T[] values, Function<T, String> text) {
        return Stream.of(values).map(text).toList();
    }
}
