package com.example.noop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;

/** One thread that inserts whatever waits, into copies of the tables of mxhooks, with a commit for each group. */
@ApplicationScoped
public class Keeper {

    private static final String DELIVERY = """
            insert into keeper.delivery (position, delivery, identity, received_at, created_at, updated_at, lane,
                endpoint, scheme, portal_id, category, action, app_id, resource_type, resource_id)
            values (?, ?, ?, current_timestamp, current_timestamp, current_timestamp, ?,
                'default', 'mendix-portal', ?, 'stories', 'updated', '0e6a4a36-5b4c-4a52-9d9e-0a5d1a2b3c4d', 'story', ?)""";

    private static final String BODY = "insert into keeper.body (position, headers, bytes) values (?, ?, ?)";
    private static final String HEADERS =
            "{\"Content-Type\":[\"application/json\"],\"User-Agent\":[\"sender\"],\"Accept\":[\"*/*\"]}";
    private static final int LANES = 32;
    private static final int GROUP = 512;

    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

    @Inject
    Connections connections;

    @Inject
    Follower follower;

    @Resource
    ManagedExecutorService executor;

    private long position;

    record Waiting(byte[] body, boolean follows, AsyncResponse later) {}

    @PostConstruct
    void start() {
        executor.execute(this::run);
    }

    void keep(Waiting waiting) {
        queue.add(waiting);
    }

    private void run() {
        try (Connection connection = connections.open();
                PreparedStatement deliveries = connection.prepareStatement(DELIVERY);
                PreparedStatement bodies = connection.prepareStatement(BODY)) {
            connection.setAutoCommit(false);
            while (true) {
                List<Waiting> group = new ArrayList<>();
                group.add(queue.take());
                queue.drainTo(group, GROUP - 1);
                long before = position;
                for (Waiting waiting : group) {
                    insert(deliveries, bodies, waiting.body());
                }
                deliveries.executeBatch();
                bodies.executeBatch();
                connection.commit();
                for (Waiting waiting : group) {
                    before++;
                    if (waiting.follows()) {
                        follower.follow(before);
                    }
                }
                executor.execute(() -> group.forEach(Keeper::answer));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insert(PreparedStatement deliveries, PreparedStatement bodies, byte[] body) throws SQLException {
        position++;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] identity = new byte[32];
        random.nextBytes(identity);
        String resource = Long.toString(position % 2_000);
        deliveries.setLong(1, position);
        deliveries.setObject(2, new UUID(System.currentTimeMillis() << 16 | position & 0xffff, random.nextLong()));
        deliveries.setBytes(3, identity);
        deliveries.setInt(4, (int) (position % LANES));
        deliveries.setString(5, new UUID(position, ByteBuffer.wrap(identity).getLong()).toString());
        deliveries.setString(6, resource);
        deliveries.addBatch();
        bodies.setLong(1, position);
        bodies.setString(2, HEADERS);
        bodies.setBytes(3, body);
        bodies.addBatch();
    }

    private static void answer(Waiting waiting) {
        waiting.later()
                .resume(Response.accepted("{\"bytes\":" + waiting.body().length + "}")
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }
}
