package org.mxhooks.signature;

import java.util.Optional;

/**
 * Whether a request is authentic, and if not, why: for the operator, never for the sender.
 *
 * @param valid whether it is authentic
 * @param cause what is wrong, in two words
 * @param text what is wrong and what to do, in a sentence that names no secret
 * @param setting the endpoint's setting to change, without its prefix: {@code key-derivation}; empty if none helps
 */
public record Diagnosis(boolean valid, String cause, String text, Optional<String> setting) {}
