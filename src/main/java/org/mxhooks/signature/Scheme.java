package org.mxhooks.signature;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * How deliveries of one family of webhooks are signed, with the choices of one endpoint: which headers there are, what
 * the signature covers, how a key is derived, and what makes two deliveries the same one. Immutable and safe for use by
 * many threads. {@link Schemes} has them by name.
 */
public interface Scheme {

    /** The name in settings, in the API and beside each delivery in the database: {@code projects}. */
    String name();

    /** How the key is derived from the secret, as settings name it: {@code sha256-50}. */
    String keyDerivation();

    /** The header that holds the signature. */
    String signatureHeader();

    /** The headers that the sender sets, none of which holds a secret. */
    Set<String> headers();

    /** The reasons for which {@link #verify} may refuse a request. */
    Set<Verdict.Reason> reasons();

    /**
     * Derives the key of a secret.
     *
     * @throws IllegalArgumentException if there can be none; the message holds nothing of the secret
     */
    HmacKey key(String secret);

    /**
     * Verifies a request. Whatever is wrong with it is a verdict and never an error.
     *
     * @param keys of the secrets that the endpoint accepts; the first that fits decides
     * @param clock by which a signed time is judged, where the scheme has one
     */
    Verdict verify(SignedRequest request, List<HmacKey> keys, InstantSource clock);

    /**
     * What makes an authentic request the same delivery when it comes again on its endpoint: derived from what the
     * signature covers and from nothing else. At most 64 bytes.
     */
    byte[] identity(SignedRequest authentic);

    /** Whether requests of one {@link #identity} always have the same body. */
    boolean isBodyIdentity();

    /** What the sender states of a delivery in headers, be they signed or not. */
    Claims claims(RequestHeaders headers);

    /**
     * What is odd about headers that decide nothing, as sentences for people.
     *
     * @param category that the body names, if it names one
     */
    List<String> remarks(RequestHeaders headers, Optional<String> category);

    /** Diagnoses what headers alone show; empty if the body has to be looked at. */
    Optional<Diagnosis> diagnose(RequestHeaders headers);

    /**
     * Finds out why a request is not authentic, or that it is. Costs dozens of digests; however large the body is, no
     * more than about 4 MiB are digested with each secret.
     *
     * @param secrets that the endpoint accepts, the current one first; none is empty
     */
    Diagnosis diagnose(SignedRequest request, List<String> secrets, InstantSource clock);

    /** An id for a delivery, as its sender would make it. */
    String messageId(UUID random);

    /** The headers of a delivery as the sender would set them, by name, its signature among them. */
    Map<String, String> sign(Message message, HmacKey key, InstantSource clock);
}
