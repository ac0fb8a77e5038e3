package org.mxhooks.relay;

import java.net.URI;
import java.util.Map;

/**
 * A POST that is to be made.
 *
 * @param headers all that are sent, besides those that HTTP needs
 * @param body sent byte for byte
 */
record SignedCall(URI url, Map<String, String> headers, byte[] body) {}
