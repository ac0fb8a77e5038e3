package org.mxhooks.process.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mxhooks.ProjectsHeaders;

/** How a sender identifies a delivery, and where it puts the HMAC-SHA256 of the body. */
enum Signing {
    PROJECTS {
        @Override
        String headers(byte[] hmac) {
            return ProjectsHeaders.EVENT_CATEGORY + ": stories\r\n"
                    + ProjectsHeaders.DELIVERY + ": " + randomId() + "\r\n"
                    + ProjectsHeaders.SIGNATURE + ": " + Base64.getEncoder().encodeToString(hmac) + "\r\n"
                    + ProjectsHeaders.WEBHOOKS_VERSION + ": 1\r\n"
                    + ProjectsHeaders.WEBHOOKS_VERSION_EXPIRY + ": \r\n"
                    + "User-Agent: Mx-Platform\r\n";
        }
    },
    GITHUB {
        @Override
        String headers(byte[] hmac) {
            return "X-GitHub-Event: issues\r\n"
                    + "X-GitHub-Delivery: " + randomId() + "\r\n"
                    + "X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(hmac) + "\r\n"
                    + "User-Agent: GitHub-Hookshot/044aadd\r\n";
        }
    };

    static final String SECRET = "the secret of all receivers, 32+";

    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Signing::mac);

    abstract String headers(byte[] hmac);

    /** The lines of all headers that the sender adds. */
    final String sign(byte[] body) {
        return headers(MAC.get().doFinal(body));
    }

    private static UUID randomId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
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
