package org.mxhooks.companion;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.mxhooks.event.StoryEvent;

/** Files that a companion shares with who looks on from outside: what it was notified of, and what is mended by now. */
public final class Notes {

    private static final Path DIRECTORY = Path.of(ConfigProvider.getConfig().getValue("companion.notes", String.class));

    private Notes() {}

    /** Whether a story is meant for an observer: its name begins so. */
    static boolean isFor(StoryEvent story, String deed) {
        return story.name().orElse("").startsWith(deed);
    }

    /** Notes that an observer was notified; stays, whatever becomes of the transaction. */
    static void take(StoryEvent story, String consumer, String remark) {
        take(story.delivery().toString(), consumer, remark);
    }

    /** As above. */
    static void take(String delivery, String consumer, String remark) {
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(delivery + "." + consumer), remark + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the observer took a note of the story. */
    static int count(StoryEvent story, String consumer) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(story.delivery() + "." + consumer))
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether what failed about a story would go well now. */
    static boolean isMended(StoryEvent story) {
        return Files.exists(DIRECTORY.resolve(story.delivery() + ".mended"));
    }
}
