package org.mxhooks.process.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mxhooks.ProjectsHeaders;

/** Where a sender puts the HMAC-SHA256 of a body. */
enum Signing {
    PROJECTS {
        @Override
        String header(byte[] hmac) {
            return ProjectsHeaders.SIGNATURE + ": " + Base64.getEncoder().encodeToString(hmac) + "\r\n";
        }
    },
    GITHUB {
        @Override
        String header(byte[] hmac) {
            return "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(hmac) + "\r\n";
        }
    };

    static final String SECRET = "the secret of all receivers, 32+";

    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Signing::mac);

    abstract String header(byte[] hmac);

    /** The line of the header. */
    final String sign(byte[] body) {
        return header(MAC.get().doFinal(body));
    }

    private static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
