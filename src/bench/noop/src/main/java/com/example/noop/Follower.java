package com.example.noop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread that updates a story and keeps its previous version for each delivery, in copies of the tables of mxhooks.
 */
@ApplicationScoped
public class Follower {

    private static final int STORIES = 2_000;
    private static final int GROUP = 64;
    private static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";

    private static final String STATE = """
            88, 'Sprint', 'Show the delivery date on the order page', 'Buyers ask for it - daily.', 'Running',
            'Feature', false, current_timestamp, current_timestamp, clock_timestamp(), 'ada.quist@example.com',
            'Ada Quist', 'ada.quist@example.com', 'Order Desk'""";

    private static final String FIRST = """
            insert into keeper.story (app_id, story_id, delivery, position, parent_id, parent_type, name, description,
                status, story_type, has_sub_stories, creation_date, created_at, updated_at, sender_name,
                sender_full_name, sender_email_address, project_name, revision)
            select '%s', id, '', 0, %s, 1 from generate_series(0, %s) as id""".formatted(APP, STATE, STORIES - 1);

    private static final String VERSION = """
            insert into keeper.story_version (app_id, story_id, delivery, position, parent_id, parent_type, name,
                description, status, story_type, has_sub_stories, creation_date, created_at, updated_at, sender_name,
                sender_full_name, sender_email_address, project_name, superseded_at)
            values ('%s', ?, ?, ?, %s, current_timestamp)""".formatted(APP, STATE);

    private static final String UPDATE = """
            update keeper.story set (parent_id, parent_type, name, description, status, story_type, has_sub_stories,
                creation_date, created_at, updated_at, sender_name, sender_full_name, sender_email_address,
                project_name) = (%s), position = ?, delivery = ?, revision = revision + 1
            where app_id = '%s' and story_id = ?""".formatted(STATE, APP);

    private final BlockingQueue<Long> queue = new LinkedBlockingQueue<>();
    private final AtomicLong outstanding = new AtomicLong();

    @Inject
    Connections connections;

    @Resource
    ManagedExecutorService executor;

    @PostConstruct
    void start() {
        executor.execute(this::run);
    }

    void follow(long position) {
        outstanding.incrementAndGet();
        queue.add(position);
    }

    /** How many are not committed yet. */
    long outstanding() {
        return outstanding.get();
    }

    private void run() {
        try (Connection connection = connections.open()) {
            connection.createStatement().execute(FIRST);
            connection.setAutoCommit(false);
            try (PreparedStatement updates = connection.prepareStatement(UPDATE);
                    PreparedStatement versions = connection.prepareStatement(VERSION)) {
                while (true) {
                    List<Long> group = new ArrayList<>();
                    group.add(queue.take());
                    queue.drainTo(group, GROUP - 1);
                    for (long position : group) {
                        write(updates, versions, position);
                    }
                    updates.executeBatch();
                    versions.executeBatch();
                    connection.commit();
                    outstanding.addAndGet(-group.size());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(PreparedStatement updates, PreparedStatement versions, long position)
            throws SQLException {
        long story = position % STORIES;
        String delivery = new UUID(System.currentTimeMillis() << 16, position).toString();
        updates.setLong(1, position);
        updates.setString(2, delivery);
        updates.setLong(3, story);
        updates.addBatch();
        versions.setLong(1, story);
        versions.setString(2, delivery);
        versions.setLong(3, position);
        versions.addBatch();
    }
}
