package com.example.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxhooks.testkit.Payload.payload;

import com.example.metrics.Burndown.Day;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.mxhooks.testkit.Companion;
import org.mxhooks.testkit.Payload;

class BurndownTest {

    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";
    private static final Payload STORY = payload("story-updated.json");

    @AutoClose
    private final Companion companion = Companion.of(Burndown.class);

    private final Burndown burndown = companion.bean(Burndown.class);

    @Test
    void countsTheOpenStoriesOfASprint() {
        companion
                .given(STORY, STORY.with("Story.StoryId", 1), STORY.with("Story.StoryId", 2))
                .when()
                .delivered()
                .then()
                .done("metrics-board");
        assertEquals(List.of(new Day(LocalDate.now(), 3)), counted());

        companion.given(STORY.with("Story.Status", "Done")).when().delivered();
        assertEquals(List.of(new Day(LocalDate.now(), 2)), counted());
    }

    @Test
    void removesAStoryThatLeavesTheSprint() {
        companion.given(STORY, STORY.without("Story.ParentId")).when().delivered();
        assertEquals(List.of(), counted());
    }

    private List<Day> counted() {
        burndown.count();
        return burndown.of(APP, 88);
    }
}
