package org.mxhooks.ingest;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.mxhooks.signature.CapturedRequest;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.Examination;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;

/**
 * Diagnoses refused requests at a bounded cost: one at a time on this node, and no body over {@value #MAX_BODY} bytes.
 * Safe for use by many threads.
 */
final class Diagnoses {

    static final int MAX_BODY = 64 * 1024;

    private static final String TOO_LARGE =
            "not diagnosed: the body is larger than 64 KiB. Compare the secrets; to learn more, save the request and run mxhooks verify.";
    private static final String LARGE =
            "The body is larger than 64 KiB, so that it is only verified here: mxhooks verify finds out the cause.";
    private static final String BUSY = "not diagnosed: another refusal was being diagnosed. Wait for the next one.";
    private static final String SETTING = " The setting is mxhooks.endpoint.%s.%s.";

    private final Semaphore one = new Semaphore(1);
    private final Semaphore examining = new Semaphore(1);

    /** Returns why a request was refused, for the operator alone. */
    String cause(Endpoint endpoint, SignedRequest request) {
        Optional<Diagnosis> ofHeaders = Schemes.diagnose(endpoint.scheme(), request.headers());
        return ofHeaders.isEmpty() && request.body().length > MAX_BODY
                ? TOO_LARGE
                : alone(() -> text(endpoint, ofHeaders.orElseGet(() -> endpoint.diagnose(request))));
    }

    /** Runs a diagnosis unless another is running. */
    String alone(Supplier<String> diagnosis) {
        if (!one.tryAcquire()) {
            return BUSY;
        }
        try {
            return diagnosis.get();
        } finally {
            one.release();
        }
    }

    /**
     * Examines a captured request for an operator or a viewer: one at a time on this node, and no request waits for
     * another. The cause is searched in bodies up to {@value #MAX_BODY} bytes; larger ones are verified.
     *
     * @param arrival when the request arrived
     * @return empty while another is being examined
     */
    Optional<Examination> examine(Endpoint endpoint, CapturedRequest request, InstantSource arrival) {
        if (!examining.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Examination.of(
                    request,
                    signed -> Schemes.diagnose(endpoint.scheme(), signed.headers())
                            .orElseGet(() -> diagnosis(endpoint, signed, arrival))));
        } finally {
            examining.release();
        }
    }

    private static Diagnosis diagnosis(Endpoint endpoint, SignedRequest signed, InstantSource arrival) {
        if (signed.body().length <= MAX_BODY) {
            return endpoint.diagnose(signed, arrival);
        }
        return endpoint.check(signed, arrival) instanceof Verdict.Rejected rejected
                ? new Diagnosis(false, "not diagnosed", rejected.detail() + ' ' + LARGE, Optional.empty())
                : new Diagnosis(true, "", "", Optional.empty());
    }

    private static String text(Endpoint endpoint, Diagnosis diagnosis) {
        return "%s. %s%s"
                .formatted(
                        diagnosis.cause(),
                        diagnosis.text(),
                        diagnosis
                                .setting()
                                .map(setting -> SETTING.formatted(endpoint.name(), setting))
                                .orElse(""));
    }
}
