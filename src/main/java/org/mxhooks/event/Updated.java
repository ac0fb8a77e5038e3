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
 * Selects events whose {@link WebhookEvent#action()} is {@code updated}. The event tells the state after the change,
 * not what was changed; an observer that acts on a change keeps what it saw last.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({METHOD, FIELD, PARAMETER, TYPE})
public @interface Updated {

    /** The annotation as a value. */
    final class Literal extends AnnotationLiteral<Updated> implements Updated {
        /** The only one, since it has no members. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
