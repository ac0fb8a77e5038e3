package org.mxhooks.process.benchmarks.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.mxhooks.journey.Body;

/** Updates of 2,000 stories in turn, each body of 1.2 kB and unlike any other. */
final class StoryBodies {

    private static final int STORIES = 2_000;
    private static final String ID = "4711";
    private static final String UPDATED_AT = "2026-03-02T09:41:07.884Z";

    private final Instant first = Instant.now().minus(Duration.ofDays(1)).truncatedTo(MILLIS);
    private final AtomicLong made = new AtomicLong();
    private final String beforeTime;
    private final String beforeId;
    private final String end;

    StoryBodies() {
        String template = Body.of("story-updated.json")
                .text()
                .replaceAll("[^\\x00-\\x7f]", "-")
                .replace("\n    ", "\n");
        int time = template.indexOf(UPDATED_AT);
        int id = template.indexOf(ID);
        beforeTime = template.substring(0, time);
        beforeId = template.substring(time + UPDATED_AT.length(), id);
        end = template.substring(id + ID.length());
    }

    byte[] next() {
        long n = made.getAndIncrement();
        return (beforeTime + first.plusMillis(n) + beforeId + (1 + n % STORIES) + end).getBytes(US_ASCII);
    }
}
