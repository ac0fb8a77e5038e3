package org.mxhooks.portal;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plays that run. */
final class Players implements AutoCloseable {

    private final PortalDatabase database;
    private final Stage stage;
    private final InstantSource clock;
    private final Map<Long, Player> players = new ConcurrentHashMap<>();

    Players(PortalDatabase database, Stage stage, InstantSource clock) {
        this.database = database;
        this.stage = stage;
        this.clock = clock;
    }

    /** Continues those that ran when the process ended. */
    void start() {
        database.read(PlayTable::running).forEach(this::start);
    }

    void start(Play play) {
        Player player = new Player(play, database, stage, clock);
        players.put(play.id(), player);
        player.start();
    }

    /** One that is over stays as it is. */
    Play stop(long id) {
        Play stopped = database.write(transaction -> {
            Play play = PlayTable.find(transaction, id);
            return play.state().equals(Play.RUNNING)
                    ? PlayTable.progress(transaction, id, play.done(), Play.STOPPED)
                    : play;
        });
        Player player = players.remove(id);
        if (player != null) {
            player.close();
        }
        return stopped;
    }

    @Override
    public void close() {
        players.values().forEach(Player::close);
    }
}
