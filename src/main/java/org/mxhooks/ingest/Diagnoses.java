package org.mxhooks.ingest;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.mxhooks.signature.Diagnosis;
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

    /** Of a body that is too large to search for what was done to it. */
    static Diagnosis ofLarge(Verdict verdict) {
        return verdict instanceof Verdict.Rejected rejected
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
