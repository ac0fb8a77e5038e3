package org.mxhooks.oidc;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxhooks.settings.OidcSettings;

/**
 * What the provider says of a user.
 *
 * @param values by the names of the claims
 */
record UserClaims(Map<String, Object> values) {

    private static final int MAX_NAME = 100;

    boolean has(String claim) {
        return values.get(claim) != null;
    }

    String subject() {
        return text("sub").orElse("");
    }

    String name() {
        return Stream.of("preferred_username", "email", "sub")
                .flatMap(claim -> text(claim).stream())
                .map(UserClaims::visible)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("-");
    }

    /** Values are compared as they are written; those of operators count first. */
    Optional<Role> role(OidcSettings settings) {
        Set<String> claimed = texts(settings.roleClaim());
        if (claimed.stream().anyMatch(settings.operatorValues()::contains)) {
            return Optional.of(Role.OPERATOR);
        }
        return claimed.stream().anyMatch(settings.viewerValues()::contains)
                ? Optional.of(Role.VIEWER)
                : Optional.empty();
    }

    private Optional<String> text(String claim) {
        return values.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Set<String> texts(String claim) {
        Object value = values.get(claim);
        Stream<?> all = value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
        return all.filter(String.class::isInstance).map(String.class::cast).collect(Collectors.toSet());
    }

    /** Without characters that hide or reverse others, and that not every database keeps. */
    private static String visible(String text) {
        return text.codePoints()
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                })
                .limit(MAX_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
