package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.mxhooks.web.SentHeaders;

/**
 * Answers with a strong entity tag made from the content (RFC 9110 section 8.8.3), and without the content where the
 * client has it already (section 13.1.2).
 */
final class Tagged {

    private static final Pattern TAG = Pattern.compile("\"([^\"]*)\"");

    private Tagged() {}

    static Response answer(JsonObject json, HttpHeaders headers) {
        byte[] content = json.toString().getBytes(UTF_8);
        EntityTag tag = new EntityTag(digest(content));
        return (isKnown(tag, headers) ? Response.notModified() : Response.ok(content))
                .tag(tag)
                .build();
    }

    /**
     * Compared weakly, as the RFC demands: a proxy that compresses makes the tag a weak one. RESTEasy's
     * {@code evaluatePreconditions} compares strongly, and what is no tag would be a fault of Jersey's; here it counts
     * as none.
     */
    private static boolean isKnown(EntityTag tag, HttpHeaders headers) {
        String tags = SentHeaders.value(headers.getRequestHeaders(), HttpHeaders.IF_NONE_MATCH)
                .orElse("");
        return tags.strip().equals("*")
                || TAG.matcher(tags).results().anyMatch(known -> known.group(1).equals(tag.getValue()));
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
