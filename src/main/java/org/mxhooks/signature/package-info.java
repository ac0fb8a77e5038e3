/**
 * Signs and verifies webhooks; a plain library. A {@link org.mxhooks.signature.Scheme} owns headers, keys, signatures,
 * identity and diagnosis of one family of webhooks. {@link org.mxhooks.signature.Schemes} finds them by name.
 *
 * <p><b>Guarantee.</b> Only a signature made with one of the given secrets over exactly the given bytes verifies.
 * Digests are compared in constant time, and no message, exception or {@code toString} contains a secret or an expected
 * digest.
 *
 * <p>Shown by {@code SignatureVectorsTest} and {@code StandardVectorsTest}, on vectors of an independent
 * implementation; for the cause of a refusal by {@code ProjectsDiagnosisTest} and {@code StandardDiagnosisTest}; on an
 * endpoint by {@code AuthenticityTest} and {@code SignedIdSchemeTest}.
 */
package org.mxhooks.signature;
