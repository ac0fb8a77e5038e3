package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxhooks.ingest.KeptHeaders;
import org.mxhooks.signature.Schemes;

/** Commands of a shell that send a delivery again, for copying. */
final class SendAgain {

    private static final int MAX_INLINE = 16_384;
    private static final Set<String> SENT = Schemes.headers().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    private final String endpoint;
    private final String application;
    private final List<ShownHeaders.Line> headers;
    private final byte[] body;
    private final String text;

    /**
     * @param application URL of the application, without a slash at its end
     * @param file name of the file with the body, where that is not part of the command
     */
    SendAgain(String application, String endpoint, List<ShownHeaders.Line> headers, byte[] body, String file) {
        this.application = application;
        this.endpoint = endpoint;
        this.headers = headers;
        this.body = body.clone();
        text = isInline() ? "printf '%s' " + quoted(new String(body, UTF_8)) + " | " : "< " + quoted(file) + " ";
    }

    /** Whether the body can be part of a command. */
    private boolean isInline() {
        try {
            String decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return body.length <= MAX_INLINE
                    && decoded.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        } catch (CharacterCodingException noText) {
            return false;
        }
    }

    /** As it arrived, with its signature. */
    String curl() {
        StringBuilder command = new StringBuilder(text).append("curl -sS --data-binary @-");
        for (ShownHeaders.Line header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean sent = SENT.contains(name) || name.equals("content-type");
            if (sent && !header.value().equals(KeptHeaders.MASK)) {
                command.append(" -H ").append(quoted(header.name() + ": " + header.value()));
            }
        }
        return command.append(' ')
                .append(quoted(application + "/hooks/" + endpoint))
                .toString();
    }

    /** Signed anew by the command line. */
    String mxhooks(String scheme) {
        return text + "mxhooks send --url " + quoted(application) + " --endpoint " + quoted(endpoint) + " --scheme "
                + quoted(scheme) + " -";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
