package org.mxhooks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "128.0.0.0/1, 255.255.255.255, true",
        "128.0.0.0/1, 127.255.255.255, false",
        "192.0.2.64/26, 192.0.2.127, true",
        "192.0.2.64/26, 192.0.2.128, false",
        "::ffff:192.0.2.7, 192.0.2.7, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, 127.0.0.1, false",
        "2001:db8::/32, 2001:DB8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "0.0.0.0, 0.0.0.0, true",
        "::, ::, true",
    })
    void aRangeContainsWhatSharesItsPrefix(String range, String address, boolean contained) {
        assertThat(Network.parse(range).contains(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "proxy.example.com",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "010.0.0.1",
                "1.2.3.4:80",
                "[::1]",
                "fe80::1%eth0",
                ":",
                ":::",
                "12345::",
                "1:2:3:4:5:6:7:8:9",
                "dead.beef:",
                "٠.٠.٠.٠",
                "",
                "/8"
            })
    void whatIsNoAddressIsRefusedWithoutBeingLookedUp(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an IPv4 or IPv6 address; names are not looked up");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, 1 to 32",
        "10.0.0.0/-1, 1 to 32",
        "10.0.0.0/, 1 to 32",
        "10.0.0.0/08, 1 to 32",
        "10.0.0.0/8/8, 1 to 32",
        "10.0.0.0/255.0.0.0, 1 to 32",
        "0.0.0.0/0, 1 to 32",
        "::/0, 1 to 128",
        "2001:db8::/129, 1 to 128",
        "2001:db8::/9999999999, 1 to 128",
        "::ffff:10.0.0.0/8, 97 to 128",
    })
    void aWrongPrefixIsRefusedWithWhatIsAllowed(String text, String allowed) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a range; behind the slash: " + allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "192.0.2.65/26, 192.0.2.64/26",
        "2001:db8::1/32, 2001:db8:0:0:0:0:0:0/32",
        "::ffff:10.0.0.1/104, 10.0.0.0/8",
    })
    void anAddressInTheMiddleOfItsRangeIsRefusedWithTheRange(String text, String range) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not the first address of its range; write " + range);
    }

    @Test
    void rangesAreEqualHoweverTheyAreWritten() {
        assertThat(Network.parse("2001:DB8::/32")).isEqualTo(Network.parse("2001:db8:0:0::/32"));
        assertThat(Network.of(address("2001:db8::7"), 64)).isEqualTo(Network.of(address("2001:db8::8"), 64));
        assertThat(Network.of(address("2001:db8::7"), 64)).isNotEqualTo(Network.of(address("2001:db8:0:1::7"), 64));
    }

    private static InetAddress address(String text) {
        return Network.address(text).orElseThrow();
    }
}
