package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CheckedAddressesTest {

    private final AtomicLong nanoTime = new AtomicLong();
    private final List<String> asked = new ArrayList<>();
    private final CheckedAddresses addresses = new CheckedAddresses(
            host -> {
                asked.add(host);
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            Runnable::run,
            nanoTime::get);

    @Test
    void aNameIsLookedUpForEachCall() throws Exception {
        lookUpTwice("one.example.com");

        assertThat(asked).containsExactly("one.example.com", "one.example.com");
    }

    @Test
    void anAddressIsCheckedOnceForCallsInSuccession() throws Exception {
        lookUpTwice("192.0.2.1");
        lookUpTwice("[2001:db8::1]");

        assertThat(asked).containsExactly("192.0.2.1", "[2001:db8::1]");
    }

    @Test
    void anAddressIsCheckedAgainAfterAWhile() throws Exception {
        lookUpTwice("192.0.2.1");
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        lookUpTwice("192.0.2.1");

        assertThat(asked).containsExactly("192.0.2.1", "192.0.2.1");
    }

    @Test
    void whatWasLookedUpLongAgoIsForgotten() throws Exception {
        lookUpTwice("one.example.com");
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        lookUpTwice("another.example.com");

        assertThatThrownBy(() -> addresses.resolve("one.example.com")).isInstanceOf(UnknownHostException.class);
    }

    private void lookUpTwice(String host) throws Exception {
        addresses.lookUp(host).get();
        addresses.lookUp(host).get();
        assertThat(addresses.resolve(host)).containsExactly(InetAddress.getLoopbackAddress());
    }
}
