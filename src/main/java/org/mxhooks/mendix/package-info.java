/**
 * What the portal sends: header names, and the body turned into an event and back; a plain library.
 *
 * <p><b>Guarantee.</b> Decoding is lenient: any JSON object becomes an event. A field that is absent, null or unusable
 * is empty; an unknown action or field is passed on. Nothing that is there and not understood, or understood by an
 * assumption only, is ignored silently: it is a remark, and so is that the mirror cannot keep the event. What is not a
 * JSON object, or exceeds the JSON parser's limits of depth and digits, is {@link org.mxhooks.mendix.UndecodableBody},
 * with a reason that can be shown to a person.
 *
 * <p>Shown by {@code DecodedBodyTest}, {@code DeploymentBodyTest}, {@code SentTimeTest}, {@code RemarksTest} and
 * {@code UndecodableBodyTest}.
 */
package org.mxhooks.mendix;
