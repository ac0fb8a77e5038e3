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

/** Selects alerts whose {@link AlertEvent#severity()} is <i>Warning</i>. */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({METHOD, FIELD, PARAMETER, TYPE})
public @interface Warning {

    /** The annotation as a value. */
    final class Literal extends AnnotationLiteral<Warning> implements Warning {
        /** The only instance, since the annotation has no members. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
