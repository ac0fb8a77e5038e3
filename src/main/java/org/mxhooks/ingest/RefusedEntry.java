package org.mxhooks.ingest;

import java.time.Instant;
import java.util.List;

/**
 * A refused request, which stands for others of its endpoint, reason and network. All texts of the sender are escaped
 * and cut.
 *
 * @param id greater than that of those stored before
 * @param at when, by the clock of the node that refused it
 * @param endpoint as in the URL; a question mark where there is no such endpoint
 * @param reason in one word, as {@code mxhooks_refused_total} has it
 * @param address of the sender, as trusted proxies name it
 * @param network the addresses that one sender can easily use
 * @param requests how many this one stands for: all since the previous one that was stored, itself among them
 * @param why the cause, for the operator alone
 * @param size of the body in bytes; what was declared, where it was not read; negative if that is unknown
 * @param headers each with its name and, where no secret can be in it, its value
 * @param body its beginning, at most {@value RefusedContent#MAX_BODY} bytes; empty where it was not read
 */
public record RefusedEntry(
        long id,
        Instant at,
        String endpoint,
        String reason,
        String address,
        String network,
        long requests,
        String why,
        long size,
        List<String> headers,
        String body) {

    /** Stands for the endpoint of a request to none. */
    public static final String NO_ENDPOINT = "?";

    /**
     * Refused requests with the same endpoint, reason and network, as far as they are kept.
     *
     * @param requests how many
     * @param first when the first of them was refused
     * @param latest when the last of them was refused
     */
    public record Group(String endpoint, String reason, String network, long requests, Instant first, Instant latest) {}
}
