/**
 * Signs and verifies webhooks; a plain library. A {@link org.mxhooks.signature.Scheme} knows all there is to know of
 * one family: its headers, keys, signatures, identity and what may be wrong with them.
 * {@link org.mxhooks.signature.Schemes} has them by name.
 *
 * <p><b>Guarantee.</b> Only a signature made with one of the given secrets over exactly the given bytes verifies.
 * Digests are compared in constant time, and no message, exception or {@code toString} carries a secret or a digest
 * that was expected.
 *
 * <p>Shown by {@code SignatureVectorsTest}, on vectors of an independent implementation; for the cause of a refusal by
 * {@code ProjectsDiagnosisTest}; that a scheme of another kind fits by {@code SignedIdSchemeTest}.
 */
package org.mxhooks.signature;
