package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckedAddressesTest {

    private final List<String> asked = new ArrayList<>();
    private final CheckedAddresses addresses = new CheckedAddresses(
            host -> {
                asked.add(host);
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            },
            Runnable::run);

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

    private void lookUpTwice(String host) throws Exception {
        addresses.lookUp(host).get();
        addresses.lookUp(host).get();
        assertThat(addresses.resolve(host)).containsExactly(InetAddress.getLoopbackAddress());
    }
}
