package org.mxhooks.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is found out about a captured request: whether it is authentic, allowing for what its capture may have added.
 *
 * @param valid whether it is
 * @param cause what is wrong, in two words; empty if it is valid
 * @param notes what is wrong and what to do, and what is odd about the capture; sentences that name no secret
 * @param setting as {@link Diagnosis#setting}
 */
public record Examination(boolean valid, String cause, List<String> notes, Optional<String> setting) {

    /** Of a diagnosis without a capture. */
    public static Examination of(Diagnosis diagnosis) {
        return diagnosis.valid()
                ? new Examination(true, "", List.of(), Optional.empty())
                : new Examination(false, diagnosis.cause(), List.of(diagnosis.text()), diagnosis.setting());
    }

    /** @param diagnose finds out about exactly these bytes; called up to three times */
    public static Examination of(CapturedRequest request, Function<SignedRequest, Diagnosis> diagnose) {
        Examination first = of(diagnose.apply(new SignedRequest(request::header, request.body())));
        boolean declaredIsValid = isValid(request.upToDeclaredLength(), request, diagnose);
        if (declaredIsValid && request.hasSurplusFromCapture()) {
            return new Examination(
                    true,
                    "",
                    List.of("The capture added bytes after the end of the body that Content-Length declares."),
                    Optional.empty());
        }
        List<String> notes = new ArrayList<>(first.notes());
        if (request.dechunked()) {
            notes.add("Transfer-Encoding declares chunks, but the captured body has none: it is verified as it is.");
        }
        request.lengthDisagreement().ifPresent(notes::add);
        if (!first.valid() && declaredIsValid) {
            notes.add("The signature is valid for the bytes up to Content-Length: the capture added the rest.");
        }
        if (!first.valid() && isValid(request.withoutLineEnd(), request, diagnose)) {
            notes.add(
                    "Without the line end at the end of the body the signature is valid: the capture may have added it.");
        }
        return new Examination(first.valid(), first.cause(), notes, first.setting());
    }

    private static boolean isValid(
            Optional<byte[]> body, CapturedRequest request, Function<SignedRequest, Diagnosis> diagnose) {
        return body.isPresent()
                && diagnose.apply(new SignedRequest(request::header, body.get()))
                        .valid();
    }
}
