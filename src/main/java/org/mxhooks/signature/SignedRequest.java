package org.mxhooks.signature;

/**
 * A request whose signature is to be verified.
 *
 * @param headers as sent; the values of one that was sent more than once joined with commas
 * @param body the bytes as they arrived
 */
public record SignedRequest(RequestHeaders headers, byte[] body) {}
