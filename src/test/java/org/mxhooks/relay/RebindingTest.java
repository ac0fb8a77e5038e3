package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.relay.Targets.ForbiddenTarget;
import org.mxhooks.settings.RelaySettings;

/**
 * A name server that answers as its owner wants, to get a call into the network. Of the two listeners the one on
 * 127.0.0.2 may be called, as if that were a public address, and the one on 127.0.0.1 may not.
 */
class RebindingTest {

    private static final String ALLOWED = "127.0.0.2";
    private static final String FORBIDDEN = "127.0.0.1";
    private static final String PUBLIC = "93.184.216.34";
    private static final RelaySettings SETTINGS =
            RelayConfig.allowing(Set.of(), Set.of(RelayConfig.network(ALLOWED, 32)));

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private Listener allowed;
    private Listener forbidden;

    /** Counts connections, and ends each. */
    private static final class Listener implements AutoCloseable {

        private final AtomicInteger connections = new AtomicInteger();
        private final ServerSocket socket = new ServerSocket();

        Listener(String address, int port) throws IOException {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            Thread thread = new Thread(this::accept, "listener on " + address);
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (!socket.isClosed()) {
                    Socket connection = socket.accept();
                    connections.incrementAndGet();
                    connection.close();
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        }

        int connections() {
            return connections.get();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        forbidden = new Listener(FORBIDDEN, 0);
        allowed = new Listener(ALLOWED, forbidden.socket.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        allowed.close();
        forbidden.close();
        deadlines.shutdownNow();
    }

    /** So that the others show something: a call to a name that stays where it is gets there. */
    @Test
    void aNameThatKeepsItsAddressIsCalled() throws Exception {
        CallResult result = callAfterCheck(look -> List.of(ALLOWED), 2);

        assertThat(result.failure().orElseThrow()).doesNotContain("not public");
        assertThat(allowed.connections()).isEqualTo(2);
        assertThat(forbidden.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {FORBIDDEN, "::1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "64:ff9b::7f00:1"})
    void aNameThatHasAPrivateAddressByNowIsNotCalled(String address) throws Exception {
        CallResult result = callAfterCheck(look -> List.of(look == 0 ? PUBLIC : address), 2);

        assertThat(result.failure().orElseThrow()).contains("which is not public");
        assertThat(allowed.connections() + forbidden.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {FORBIDDEN, "::1"})
    void aNameWithAPrivateAddressBesideAnotherIsNotCalled(String second) throws Exception {
        CallResult result = callAfterCheck(look -> look == 0 ? List.of(ALLOWED) : List.of(ALLOWED, second), 2);

        assertThat(result.failure().orElseThrow()).contains("which is not public");
        assertThat(allowed.connections() + forbidden.connections()).isZero();
    }

    /** The address that was checked is that of the connection, whatever a further look-up would say. */
    @Test
    void aNameIsLookedUpOnceForACall() throws Exception {
        try (NameServer names = new NameServer(look -> List.of(look == 0 ? ALLOWED : FORBIDDEN));
                Calls calls =
                        new Calls(SETTINGS, new Targets(SETTINGS, names::lookUp), deadlines, deadlines, Thread::new)) {
            calls.post(call());

            assertThat(names.asked()).containsExactly("rebound.example.com");
            assertThat(allowed.connections()).isOne();
            assertThat(forbidden.connections()).isZero();
        }
    }

    @Test
    void aNameWithAPrivateAddressIsNotTakenForASubscription() throws Exception {
        try (NameServer names = new NameServer(look -> List.of(PUBLIC, "10.0.0.1"))) {
            assertThatThrownBy(() -> new Targets(SETTINGS, names::lookUp).check("https://two.example.com/"))
                    .isInstanceOf(ForbiddenTarget.class)
                    .hasMessageContaining("10.0.0.1, which is not public");
        }
    }

    /** The call ends in its time, and calls of other names are not held up. */
    @Test
    void aNameServerThatDoesNotAnswerHoldsNoCall() throws Exception {
        RelaySettings settings = RelayConfig.loopback(Duration.ofSeconds(1));
        ExecutorService threads = Executors.newCachedThreadPool();
        try (NameServer silent = new NameServer(look -> null)) {
            Targets targets = new Targets(
                    settings,
                    new BoundedResolver(
                            host -> host.equals("rebound.example.com")
                                    ? silent.lookUp(host)
                                    : new InetAddress[] {InetAddress.getByName(ALLOWED)},
                            settings.timeout(),
                            threads));
            try (Calls calls = new Calls(settings, targets, deadlines, threads, Thread::new)) {
                assertThat(calls.post(call()).failure().orElseThrow()).contains("no answer within PT1S");
                assertThat(calls.post(call()).failure().orElseThrow()).contains("within PT1S");
                assertThat(silent.asked()).as("one look-up of a name at once").hasSize(1);

                calls.post(new SignedCall(url("other.example.com"), Map.of(), new byte[0]));
                assertThat(allowed.connections()).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The look-ups: the first when the subscription is created, then one for each call. */
    private CallResult callAfterCheck(IntFunction<List<String>> answers, int calls) throws Exception {
        try (NameServer names = new NameServer(answers);
                Calls client =
                        new Calls(SETTINGS, new Targets(SETTINGS, names::lookUp), deadlines, deadlines, Thread::new)) {
            new Targets(SETTINGS, names::lookUp).check(call().url().toString());
            CallResult result = null;
            for (int i = 0; i < calls; i++) {
                result = client.post(call());
            }
            assertThat(names.asked()).hasSize(1 + calls);
            return result;
        }
    }

    private SignedCall call() {
        return new SignedCall(url("rebound.example.com"), Map.of(), "{}".getBytes(UTF_8));
    }

    private URI url(String host) {
        return URI.create("https://%s:%s/".formatted(host, forbidden.socket.getLocalPort()));
    }
}
