package org.mxhooks.process.benchmarks.peers;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mxhooks.process.harness.Peer;

/** A receiver under {@code src/bench}, which may have more than one resource. */
record MeasuredPeer(BenchDatabase database, StoryBodies bodies, Peer peer) implements Turns.Suspendable, AutoCloseable {

    private static final String SECRET = "receiver.secret";

    /** A resource that keeps deliveries in a schema of its own. */
    record Resource(Contender contender, SignedLoad load, String schema, boolean mirrors) {
        LedgerLine ledger(BenchDatabase database) throws Exception {
            return LedgerLine.read(
                    database, contender.letter(), schema, load.accepted().get(), mirrors);
        }
    }

    static MeasuredPeer spring(BenchDatabase database, StoryBodies bodies, Path peers) throws Exception {
        return new MeasuredPeer(
                database,
                bodies,
                Peer.onSpringBoot(
                        peers.resolve("spring/target/spring.jar"),
                        Map.of("spring.datasource.url", database.url(), SECRET, Signing.SECRET)));
    }

    static MeasuredPeer jakarta(BenchDatabase database, StoryBodies bodies, Path peers) throws Exception {
        return new MeasuredPeer(
                database,
                bodies,
                Peer.onPayaraMicro(
                        peers.resolve("jakarta/target/jakarta.war"),
                        Map.of(
                                "receiver.url",
                                database.url() + "?currentSchema=jakarta_mirror",
                                SECRET,
                                Signing.SECRET)));
    }

    static MeasuredPeer node(BenchDatabase database, StoryBodies bodies, Path peers) throws Exception {
        return new MeasuredPeer(
                database,
                bodies,
                Peer.onNode(
                        peers.resolve("node/receiver.js"),
                        Map.of(
                                "DATABASE_URL",
                                database.url().replace("jdbc:", ""),
                                "PGUSER",
                                BenchDatabase.USER,
                                "SECRET",
                                Signing.SECRET)));
    }

    /** Returns when it is ready. */
    Resource keeping(String letter, String what, String path, Signing signing, String schema) {
        return resource(letter, what + ", keeps", path, signing, schema, false);
    }

    /** Returns when it is ready. */
    Resource mirroring(String letter, String what, String path, Signing signing, String schema) {
        return resource(letter, what + ", keeps and mirrors", path, signing, schema, true);
    }

    private Resource resource(
            String letter, String what, String path, Signing signing, String schema, boolean mirrors) {
        SignedLoad load = new SignedLoad(peer.await(path), signing, bodies, new AtomicLong());
        return new Resource(new Contender(letter, what, this, load::closedWhenWarm), load, schema, mirrors);
    }

    @Override
    public void pause() throws Exception {
        peer.pause();
    }

    @Override
    public void resume() throws Exception {
        peer.resume();
    }

    @Override
    public void close() {
        peer.close();
    }
}
