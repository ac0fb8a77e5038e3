package org.mxhooks.ingest;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.ProjectsSignature;

/**
 * Diagnoses refused signatures at a bounded cost: one at a time on this node, and no body over {@value #MAX_BODY}
 * bytes. Safe for use by many threads.
 */
final class Diagnoses {

    static final int MAX_BODY = 64 * 1024;

    private static final String TOO_LARGE =
            "not diagnosed: the body is larger than 64 KiB. Compare the secrets; to learn more, save the request and run mxhooks verify.";
    private static final String BUSY = "not diagnosed: another refusal was being diagnosed. Wait for the next one.";
    private static final String SETTING = " The setting is mxhooks.endpoint.%s.key-derivation.";

    private final Semaphore one = new Semaphore(1);

    /** Returns why a signature was refused, for the operator alone. */
    String cause(Endpoint endpoint, Optional<String> signature, byte[] body) {
        if (body.length > MAX_BODY
                && signature.filter(ProjectsSignature::isDigest).isPresent()) {
            return TOO_LARGE;
        }
        return alone(() -> text(endpoint, endpoint.verifier().diagnose(signature, body)));
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

    private static String text(Endpoint endpoint, Diagnosis diagnosis) {
        return "%s. %s%s"
                .formatted(
                        diagnosis.cause().text(),
                        diagnosis.text(),
                        diagnosis
                                .derivation()
                                .map(unused -> SETTING.formatted(endpoint.name()))
                                .orElse(""));
    }
}
