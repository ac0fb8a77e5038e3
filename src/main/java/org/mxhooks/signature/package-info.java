/**
 * Signs and verifies webhook bodies; a plain library.
 *
 * <p><b>Guarantee.</b> Only a signature made with one of the given secrets over exactly the given bytes verifies.
 * Digests are compared in constant time, and no message, exception or {@code toString} carries a secret or a digest
 * that was expected.
 *
 * <p>Shown by {@code SignatureVectorsTest}, on vectors of an independent implementation; that the operator is told why
 * a signature is not valid, by {@code DiagnosisTest}.
 */
package org.mxhooks.signature;
