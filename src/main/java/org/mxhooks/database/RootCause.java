package org.mxhooks.database;

import jakarta.ejb.EJBException;
import jakarta.enterprise.event.ObserverException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Finds the original failure in the exceptions that containers, transaction managers and JPA wrap around it. */
public final class RootCause {

    /** What these throw says that something failed, and hides what. */
    private static final List<String> WRAPPING_PACKAGES = List.of(
            "jakarta.transaction.",
            "jakarta.persistence.",
            "javax.transaction.xa.",
            "org.hibernate.",
            "org.eclipse.persistence.",
            "com.arjuna.",
            "org.jboss.",
            "com.sun.enterprise.",
            "org.glassfish.");

    private static final Set<Class<?>> WRAPPERS = Set.of(
            Throwable.class, // Narayana's note of who marked a transaction
            BatchUpdateException.class,
            CompletionException.class,
            ExecutionException.class,
            InvocationTargetException.class,
            UndeclaredThrowableException.class);

    /** A graph of causes may have rings, and be large. */
    private static final int MAX_CAUSES = 100;

    private RootCause() {}

    /** The exception that the consumer, or something that it called, threw: a failed statement if there is one. */
    public static Throwable of(Throwable thrown) {
        List<Throwable> found = behindWrappers(thrown);
        return found.stream()
                .filter(SQLException.class::isInstance)
                .findFirst()
                .or(() -> found.stream().filter(each -> !isWrapper(each)).findFirst())
                .or(() -> found.stream()
                        .filter(each -> each.getClass() != Throwable.class)
                        .findFirst())
                .orElse(thrown);
    }

    /** The cause of a container's exception; any other exception itself. */
    public static List<Throwable> behindWrappers(Throwable thrown) {
        List<Throwable> found = new ArrayList<>();
        collect(thrown, found, identitySet());
        return found;
    }

    /** The chain of causes that begins with an exception. */
    public static List<Throwable> chain(Throwable thrown) {
        Set<Throwable> seen = identitySet();
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = thrown;
                next != null && chain.size() < MAX_CAUSES && seen.add(next);
                next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** The last of the chain of causes. */
    public static Throwable deepest(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        return chain.get(chain.size() - 1);
    }

    /**
     * The failure of a connection, by its SQLSTATE (class 08), or of the database's end (57P); empty if it is another.
     */
    public static Optional<SQLException> ofConnection(Throwable thrown) {
        return all(thrown).stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(each -> String.valueOf(each.getSQLState()).matches("(08|57P).*"))
                .findFirst();
    }

    /** The message of an exception; {@code getMessage} may fail as well. */
    public static String message(Throwable thrown) {
        try {
            return thrown.getMessage() == null ? "no message" : thrown.getMessage();
        } catch (RuntimeException | Error unreadable) {
            return "its message cannot be read: " + unreadable.getClass().getName();
        }
    }

    /** Its class and message. */
    public static String head(Throwable thrown) {
        return thrown.getClass().getName() + ": " + message(thrown);
    }

    /** Complete description of a failure, the original exception first. */
    public static List<Throwable> all(Throwable thrown) {
        Set<Throwable> seen = identitySet();
        List<Throwable> all = new ArrayList<>();
        collectAll(thrown, all, seen);
        return all;
    }

    /** Adds a failed statement to an exception that may hide it. */
    public static void addTo(Throwable failure, Optional<SQLException> statement) {
        if (isWrapper(failure) && statement.isPresent() && !all(failure).contains(statement.get())) {
            failure.addSuppressed(statement.get());
        }
    }

    private static void collect(Throwable thrown, List<Throwable> found, Set<Throwable> seen) {
        if (seen.size() >= MAX_CAUSES || !seen.add(thrown)) {
            return;
        }
        List<Throwable> hidden = isWrapper(thrown) ? behind(thrown) : List.of();
        if (hidden.isEmpty()) {
            found.add(thrown);
        }
        hidden.forEach(next -> collect(next, found, seen));
    }

    private static void collectAll(Throwable thrown, List<Throwable> all, Set<Throwable> seen) {
        if (seen.size() < MAX_CAUSES && seen.add(thrown)) {
            all.add(thrown);
            behind(thrown).forEach(next -> collectAll(next, all, seen));
        }
    }

    private static List<Throwable> behind(Throwable thrown) {
        Throwable next = thrown instanceof SQLException sql ? sql.getNextException() : null;
        return Stream.concat(Stream.of(thrown.getCause(), next), Arrays.stream(thrown.getSuppressed()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ObserverException
                || thrown instanceof EJBException
                || thrown instanceof BatchUpdateException
                || WRAPPERS.contains(thrown.getClass())
                || WRAPPING_PACKAGES.stream().anyMatch(thrown.getClass().getName()::startsWith);
    }

    private static Set<Throwable> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
