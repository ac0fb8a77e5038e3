package org.mxhooks.mirror;

import java.util.List;
import java.util.stream.Stream;
import org.mxhooks.database.TextTable;

/** The mirror's tables, for what goes through all that is kept. */
final class MirrorTables {

    private static final String[] STORY = {"parent_type", "name", "description", "status", "story_type", "project_name"
    };
    private static final String[] SPRINT = {"name", "description", "status", "project_name"};
    private static final String[] SENDER = {"sender_name", "sender_full_name", "sender_email_address"};
    private static final String[] ALERT = {"environment", "service", "severity", "message", "alert_id", "url"};

    /** A consumer that changes a state at the same time is rolled back and repeated. */
    private static final String NEWER = "revision = revision + 1";

    static final List<TextTable> TEXTS = Stream.of(
                    TextTable.of("stories", "story", "app_id varchar, story_id bigint", STORY)
                            .withPerson(SENDER)
                            .marked(NEWER),
                    TextTable.of(
                                    "past versions of stories",
                                    "story_version",
                                    "app_id varchar, story_id bigint, delivery varchar",
                                    STORY)
                            .withPerson(SENDER),
                    TextTable.of("sprints", "sprint", "app_id varchar, sprint_id bigint", SPRINT)
                            .withPerson(SENDER)
                            .marked(NEWER),
                    TextTable.of(
                                    "past versions of sprints",
                                    "sprint_version",
                                    "app_id varchar, sprint_id bigint, delivery varchar",
                                    SPRINT)
                            .withPerson(SENDER),
                    TextTable.of("alerts", "alert", "service_id varchar", ALERT).marked(NEWER),
                    TextTable.of("past alerts", "alert_version", "delivery varchar", ALERT),
                    TextTable.of(
                            "pushes",
                            "push",
                            "delivery varchar",
                            "branch_name",
                            "repository_type",
                            "user_id",
                            "commits"),
                    TextTable.of(
                            "packages",
                            "package",
                            "delivery varchar",
                            "name",
                            "model_version",
                            "runtime_version",
                            "uploader_id"))
            .toList();

    private MirrorTables() {}
}
