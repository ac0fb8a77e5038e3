/**
 * What the portal sends: header names, and the body turned into an event and back; a plain library.
 *
 * <p><b>Guarantee.</b> Decoding is lenient: any JSON object becomes an event. A field that is absent, null or of another
 * type is empty; an unknown category, action or field is passed on. What is not a JSON object, or exceeds
 * the JSON parser's limits of depth and digits, is {@link org.mxhooks.mendix.UndecodableBody}, with a reason that can be
 * shown to a person.
 *
 * <p>Shown by {@code PayloadTest} and {@code UndecodableBodyTest}.
 */
package org.mxhooks.mendix;
