package org.mxhooks.signature;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All schemes, by the names that settings use. */
public final class Schemes {

    private Schemes() {}

    /** The names, the default first. */
    public static List<String> names() {
        return List.of(ProjectsScheme.NAME);
    }

    /**
     * The names of a scheme's key derivations, the default first.
     *
     * @throws IllegalArgumentException if there is no such scheme
     */
    public static List<String> keyDerivations(String scheme) {
        requireKnown(scheme);
        return Stream.of(ProjectsKey.values()).map(ProjectsKey::text).toList();
    }

    /**
     * A scheme with its default key derivation.
     *
     * @throws IllegalArgumentException if there is no such scheme
     */
    public static Scheme of(String scheme) {
        return of(scheme, keyDerivations(scheme).get(0));
    }

    /**
     * A scheme.
     *
     * @throws IllegalArgumentException if there is no such scheme, or it has no such key derivation
     */
    public static Scheme of(String scheme, String keyDerivation) {
        requireKnown(scheme);
        return new ProjectsScheme(ProjectsKey.named(keyDerivation));
    }

    /** The scheme of a name that was stored; empty if this release does not have it. */
    public static Optional<Scheme> find(String scheme) {
        return Optional.of(scheme).filter(names()::contains).map(Schemes::of);
    }

    /** The headers that senders of any scheme set, none of which holds a secret. */
    public static Set<String> headers() {
        return of(ProjectsScheme.NAME).headers();
    }

    private static void requireKnown(String scheme) {
        if (!names().contains(scheme)) {
            throw new IllegalArgumentException("there is no scheme '%s'".formatted(scheme));
        }
    }
}
