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
 * Selects events whose {@link WebhookEvent#action()} is {@code created}: the portal's first news of a resource. Do not
 * count on it: what was created while nobody listened is first heard of by an update.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({METHOD, FIELD, PARAMETER, TYPE})
public @interface Created {

    /** The annotation as a value. */
    final class Literal extends AnnotationLiteral<Created> implements Created {
        /** The only one, since it has no members. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
