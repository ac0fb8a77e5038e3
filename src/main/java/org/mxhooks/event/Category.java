package org.mxhooks.event;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Selects events of one {@link WebhookEvent#category()}, with or without an event type of this version. The comparison
 * is case-sensitive: write the category in lower case.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({METHOD, FIELD, PARAMETER, TYPE})
public @interface Category {

    /** The category in lower case, {@code stories} for example. */
    String value();

    /** The annotation as a value. */
    final class Literal extends AnnotationLiteral<Category> implements Category {
        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** @param category in lower case */
        public static Literal of(String category) {
            return new Literal(category);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
