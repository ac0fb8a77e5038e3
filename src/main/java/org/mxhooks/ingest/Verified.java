package org.mxhooks.ingest;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks resources that only requests accepted by {@link SignatureFilter} reach. */
@NameBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
@interface Verified {}
