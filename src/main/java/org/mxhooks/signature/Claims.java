package org.mxhooks.signature;

import java.util.Optional;

/**
 * What a sender states of a delivery in its headers.
 *
 * @param id the sender's own id for it
 * @param version of the payload
 * @param versionExpiry when that version ends, in the sender's words
 */
public record Claims(Optional<String> id, Optional<String> version, Optional<String> versionExpiry) {}
