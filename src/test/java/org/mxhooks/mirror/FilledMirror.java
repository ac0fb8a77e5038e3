package org.mxhooks.mirror;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * A large mirror in PostgreSQL: stories, seven in ten of them in one app, and as many past versions, in equal parts of
 * a thousand stories of it; and a hundredth as many sprints, pushes, packages and services with alerts. A story in a
 * hundred thousand has a rare status, no bug is done; times are shared by ten stories each; one story in a hundred has
 * none.
 *
 * @param stories how many
 */
public record FilledMirror(int stories) {

    /** That with the most. */
    public static final String APP = "app";

    /** When the first story changed; after that ten in each minute. */
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final String STORIES = """
            insert into mxhooks.story (app_id, story_id, parent_id, parent_type, name, description, status, story_type,
                updated_at, position, delivery, revision, sender_name, project_name)
            select case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, n, n %% 5000, 'Sprint', 'story ' || n,
                repeat('description ', 20),
                case when n %% 100000 = 0 then 'Rare' when n %% 3 = 0 then 'Done' else 'To-do' end,
                case when n %% 3 = 0 then 'Feature' else 'Bug' end,
                case when n %% 100 = 6 then null
                    else timestamptz '2026-01-01 00:00:00+00' + (n::bigint * 7919 %% %s / 10) * interval '1 minute' end,
                n, gen_random_uuid(), 1, 'someone', 'project'
            from generate_series(1, %1$s) as n""";

    private static final String STORY_VERSIONS = """
            insert into mxhooks.story_version (app_id, story_id, name, description, status, updated_at, position,
                delivery, superseded_at)
            select 'app', n %% 1000, 'version ' || n, repeat('description ', 20), 'Done',
                timestamptz '2025-01-01 00:00:00+00' + n / 1000 * interval '1 minute', n, gen_random_uuid(), now()
            from generate_series(1, %s) as n""";

    private static final String SPRINTS = """
            insert into mxhooks.sprint (app_id, sprint_id, name, description, status, start_date, end_date, updated_at,
                position, delivery, revision, project_name)
            select case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, n, 'sprint ' || n, 'goal', 'Active',
                now(), now(), timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute', n, gen_random_uuid(), 1,
                'project'
            from generate_series(1, %s / 100) as n""";

    private static final String PUSHES = """
            insert into mxhooks.push (delivery, app_id, branch_name, commit_before, commit_after, repository_type, user_id,
                commit_count, commits, received_at, position)
            select gen_random_uuid(), case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, 'main', md5(n::text),
                md5((n + 1)::text), 'git', 'someone', 1,
                '[{"id":"' || md5(n::text) || '","message":"message ' || n || '","relatedStories":["' || n || '"]}]',
                now(), n
            from generate_series(1, %s / 100) as n""";

    private static final String PACKAGES = """
            insert into mxhooks.package (delivery, app_id, name, model_version, runtime_version, uploader_id, upload_time,
                received_at, position)
            select gen_random_uuid(), case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, 'main ' || n, '1.0.' || n,
                '10.12', 'someone', now(), now(), n
            from generate_series(1, %s / 100) as n""";

    private static final String ALERTS = """
            insert into mxhooks.alert (service_id, app_id, environment_id, environment, service, severity, is_open, message,
                updated_at, position, delivery, revision)
            select 'service ' || n, case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, 'environment', 'Production',
                'service ' || n, 'Critical', n %% 2 = 0, 'too hot', now(), n, gen_random_uuid(), 1
            from generate_series(1, %s / 100) as n""";

    private static final String ALERT_VERSIONS = """
            insert into mxhooks.alert_version (delivery, service_id, app_id, environment_id, environment, service, severity,
                is_open, message, updated_at, position, superseded_at)
            select gen_random_uuid(), 'service ' || n %% (%s / 100), 'app', 'environment', 'Production', 'service', 'Warning',
                true, 'warm', now() - n * interval '1 second', n, now()
            from generate_series(1, %1$s) as n""";

    /** Into empty tables. */
    public void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table :
                    new String[] {STORIES, STORY_VERSIONS, SPRINTS, PUSHES, PACKAGES, ALERTS, ALERT_VERSIONS}) {
                statement.execute(table.formatted(stories));
            }
            statement.execute("analyze");
        }
    }
}
