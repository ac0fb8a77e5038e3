package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mxhooks.relay.RelayConfig.network;
import static org.mxhooks.relay.RelayConfig.resolving;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.relay.Targets.ForbiddenAddress;
import org.mxhooks.relay.Targets.ForbiddenTarget;

class TargetsTest {

    private static final String PUBLIC = "93.184.216.34";

    private final Targets targets = new Targets(RelayConfig.STRICT, resolving(PUBLIC));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/",
                "HTTPS://hooks.example.com:8443/a?b=c",
                "https://93.184.216.34/",
                "https://[2606:2800:220:1:248:1893:25c8:1946]/",
                "https://xn--bcher-kva.example/"
            })
    void callsWhatIsPublic(String url) {
        assertThatCode(() -> targets.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.255.255.254/",
                "https://0.0.0.0/",
                "https://0/",
                "https://2130706433/",
                "https://0x7f.0.0.1/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://017700000001/",
                "https://[::1]/",
                "https://[::]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[0:0:0:0:0:ffff:7f00:0001]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::10.0.0.1]/",
                "https://[64:ff9b:1::1]/",
                "https://[2002:7f00:1::]/",
                "https://[2002:a00:1::1]/",
                "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
                "https://10.0.0.1/",
                "https://10.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://[::ffff:192.168.1.1]/",
                "https://100.64.0.1/",
                "https://100.100.100.200/",
                "https://169.254.169.254/latest/meta-data/",
                "https://169.254.1.1/",
                "https://[::ffff:169.254.169.254]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fec0::1]/",
                "https://[fc00::1]/",
                "https://168.63.129.16/",
                "https://192.0.0.192/",
                "https://192.0.2.1/",
                "https://198.18.0.1/",
                "https://198.51.100.1/",
                "https://203.0.113.1/",
                "https://224.0.0.1/",
                "https://239.255.255.250/",
                "https://[ff02::1]/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                "https://[2001:db8::1]/",
                "https://[100::1]/"
            })
    void callsNoAddressThatIsNotPublic(String url) {
        assertThatThrownBy(() -> targets.check(url)).isInstanceOf(ForbiddenTarget.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://hooks.example.com/ | http is not encrypted",
                "ftp://hooks.example.com/ | must begin with https",
                "file:///etc/passwd | must begin with https",
                "gopher://hooks.example.com/ | must begin with https",
                "//hooks.example.com/ | must begin with https",
                "hooks.example.com | must begin with https",
                "https:/hooks.example.com | has no host",
                "https:///path | has no host",
                "https://user@hooks.example.com/ | user or password",
                "https://user:secret@hooks.example.com/ | user or password",
                "https://hooks.example.com@127.0.0.1/ | user or password",
                "https://hooks.example.com#@127.0.0.1/ | fragment",
                "https://hooks.example.com/#x | fragment",
                "https://hooks.example.com:0/ | port",
                "https://hooks.example.com:99999/ | port",
                "https://hooks.example.com:-1/ | not a URL",
                "https://hooks.example.com\\@127.0.0.1/ | not a URL",
                "https://hooks example.com/ | not a URL",
                "https://0177.0.0.1/ | four decimal numbers",
                "https://0x7f.1/ | not a URL",
                "https://2130706433/ | four decimal numbers",
                "https://a.127/ | not a URL",
                "https://127.0.0.1%00.example.com/ | not a URL",
                "https://%6c%6f%63alhost/ | not a URL",
                "https://bücher.example/ | not a URL",
                "https://①②⑦.0.0.1/ | not a URL",
                "https://unknown.invalid/ | unknown to this server"
            })
    void explainsWhatIsNoUrl(String url, String reason) {
        assertThatThrownBy(() -> targets.check(url))
                .isInstanceOf(ForbiddenTarget.class)
                .hasMessageContaining(reason);
    }

    @Test
    void callsNoNameOfWhichOneAddressIsNotPublic() {
        Targets mixed = new Targets(RelayConfig.STRICT, resolving(PUBLIC, "10.0.0.1"));

        assertThatThrownBy(() -> mixed.check("https://hooks.example.com/"))
                .hasMessageContaining("10.0.0.1")
                .hasMessageContaining("mxhooks.relay.allow");
    }

    /** As a name server does that answers with another address the second time. */
    @Test
    void checksTheAddressesAtEachCall() throws Exception {
        String[] answers = {PUBLIC, "127.0.0.1"};
        int[] asked = {0};
        Targets rebound = new Targets(
                RelayConfig.STRICT, host -> resolving(answers[asked[0]++]).addresses(host));
        rebound.check("https://hooks.example.com/");

        assertThatThrownBy(() -> rebound.addresses("hooks.example.com")).isInstanceOf(ForbiddenAddress.class);
    }

    @Test
    void callsWhatTheSettingsName() throws Exception {
        Targets named = new Targets(
                RelayConfig.allowing(Set.of("intranet.example.com"), Set.of(network("10.0.0.0", 24))),
                resolving("10.9.9.9"));

        named.check("http://intranet.example.com:8080/");
        named.check("https://INTRANET.example.com./");
        named.check("http://10.0.0.7/");
        assertThatThrownBy(() -> named.check("https://10.0.1.7/")).isInstanceOf(ForbiddenTarget.class);
        assertThatThrownBy(() -> named.check("http://other.example.com/")).isInstanceOf(ForbiddenTarget.class);
        assertThatThrownBy(() -> named.check("https://sub.intranet.example.com/"))
                .isInstanceOf(ForbiddenTarget.class);
    }

    @Test
    void callsNamesWhoseAddressIsInANetworkOfTheSettings() throws UnknownHostException {
        Targets named =
                new Targets(RelayConfig.allowing(Set.of(), Set.of(network("10.0.0.0", 24))), resolving("10.0.0.7"));

        assertThat(named.addresses("intranet.example.com")).containsExactly(InetAddress.getByName("10.0.0.7"));
    }

    @Test
    void refusesAUrlThatIsTooLong() {
        assertThatThrownBy(() -> targets.check("https://hooks.example.com/" + "x".repeat(2_000)))
                .hasMessageContaining("longer than 2000");
    }
}
