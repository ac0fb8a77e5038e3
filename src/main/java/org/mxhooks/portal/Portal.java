package org.mxhooks.portal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The parts of a portal, put together on one home. */
final class Portal implements AutoCloseable {

    private final PortalHome home;
    private final PortalDatabase database;
    private final InstantSource clock;
    private final Outbox outbox;
    private final ChangeFeed feed = new ChangeFeed();
    private final Couriers couriers;
    private final Players players;
    private final DeliveryLog log;
    private final Dispatches dispatches;

    Portal(PortalHome home, InstantSource clock, Duration retryFor) throws PortalFailure {
        this.home = home;
        this.clock = clock;
        database = PortalDatabase.open(home.database());
        outbox = new Outbox(clock);
        dispatches = new Dispatches(clock, retryFor);
        couriers = new Couriers(database, dispatches, new WebhookCalls(clock));
        players = new Players(database, new Stage(board(), deployments()), clock);
        log = new DeliveryLog(database, DeliveryLog.MAX_DELIVERIES);
        database.afterCommit(this::announce);
    }

    private void announce(PortalTransaction transaction) {
        feed.publish(transaction.changes());
        transaction.webhooks().forEach(couriers::wake);
    }

    /** Begins to send, and continues plays. */
    void start() {
        couriers.start();
        players.start();
        log.start();
    }

    PortalHome home() {
        return home;
    }

    PortalDatabase database() {
        return database;
    }

    Board board() {
        return new Board(outbox);
    }

    Deployments deployments() {
        return new Deployments(outbox);
    }

    Redelivery redelivery() {
        return new Redelivery(dispatches);
    }

    ChangeFeed feed() {
        return feed;
    }

    Couriers couriers() {
        return couriers;
    }

    Players players() {
        return players;
    }

    InstantSource clock() {
        return clock;
    }

    /** A change now by whoever uses the page or the API. */
    Board.Edit edit() {
        return new Board.Edit(Person.YOU, Instant.ofEpochMilli(clock.millis()));
    }

    @Override
    public void close() throws IOException {
        log.close();
        players.close();
        couriers.close();
        database.close();
        home.close();
    }
}
