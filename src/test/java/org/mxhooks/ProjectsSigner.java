package org.mxhooks;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;

/** Signs bodies as the portal does, with one secret. */
public final class ProjectsSigner {

    /** The default of endpoints, and what the portal does. */
    public static final String SHA256_50 = "sha256-50";

    private static final String SCHEME = "projects";

    private final Scheme scheme;
    private final HmacKey key;

    public ProjectsSigner(String secret) {
        this(secret, SHA256_50);
    }

    public ProjectsSigner(String secret, String keyDerivation) {
        scheme = Schemes.of(SCHEME, keyDerivation);
        key = scheme.key(secret);
    }

    /** The names of all key derivations. */
    public static List<String> keyDerivations() {
        return Schemes.keyDerivations(SCHEME);
    }

    /** The value of the header with the signature. */
    public String sign(byte[] body) {
        return scheme.sign(new Message("an id", Optional.empty(), body), key, Clock.systemUTC())
                .get(ProjectsHeaders.SIGNATURE);
    }

    /** Whether a header's value is the signature of a body. */
    public boolean verifies(String value, byte[] body) {
        SignedRequest request = new SignedRequest(
                name -> Optional.of(value).filter(sent -> name.equals(ProjectsHeaders.SIGNATURE)), body);
        return scheme.verify(request, List.of(key), Clock.systemUTC()) instanceof Verdict.Authentic;
    }
}
