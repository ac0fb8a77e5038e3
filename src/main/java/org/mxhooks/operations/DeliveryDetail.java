package org.mxhooks.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxhooks.inbox.LogEntry;

/**
 * A delivery in full.
 *
 * @param entry the delivery as it was logged
 * @param state the worst of all consumers', dead first; an undecodable delivery is dead until it is discarded
 * @param consumers how far each is; none where the body could not be decoded
 * @param discarded who discarded the delivery, where its body could not be decoded
 * @param erasedAt when an erasure of a person last changed body or headers: the signature no longer verifies
 */
public record DeliveryDetail(
        LogEntry entry,
        ConsumerState.State state,
        List<ConsumerState> consumers,
        Optional<Discarded> discarded,
        Optional<Instant> erasedAt) {}
