package org.mxhooks.portal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The couriers, one for each webhook, so that none waits for another. */
final class Couriers implements AutoCloseable {

    private final PortalDatabase database;
    private final Dispatches dispatches;
    private final WebhookCalls calls;
    private final Map<String, Courier> couriers = new ConcurrentHashMap<>();

    Couriers(PortalDatabase database, Dispatches dispatches, WebhookCalls calls) {
        this.database = database;
        this.dispatches = dispatches;
        this.calls = calls;
    }

    void start() {
        database.read(WebhookTable::ids).forEach(this::wake);
    }

    /** There is work for a webhook, or it was changed. Does not wait. */
    void wake(String webhook) {
        couriers.computeIfAbsent(webhook, this::started).wake();
    }

    /** A webhook was deleted. */
    void end(String webhook) {
        Courier courier = couriers.remove(webhook);
        if (courier != null) {
            courier.close();
        }
    }

    private Courier started(String webhook) {
        Courier courier = new Courier(webhook, database, dispatches, calls);
        courier.start();
        return courier;
    }

    @Override
    public void close() {
        couriers.values().forEach(Courier::close);
    }
}
