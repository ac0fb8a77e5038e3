package org.mxhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final int EPHEMERAL = 32_768;

    @Test
    void areBelowThoseOfOutgoingConnectionsAndDistinct() {
        Set<Integer> ports =
                new HashSet<>(Stream.generate(Ports::free).limit(20).toList());

        assertThat(ports).hasSize(20).allMatch(port -> port > 1024 && port < EPHEMERAL);
    }

    @Test
    void aPortOnWhichAServerListensIsSkipped() throws IOException {
        int first = Ports.free();
        try (ServerSocket server = new ServerSocket(first + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.free()).isNotEqualTo(server.getLocalPort());
        }
    }

    @Test
    void anotherJvmGetsOthersAlsoAfterAGarbageCollection() throws Exception {
        int mine = Ports.free();
        System.gc();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        URL classes = Ports.class.getProtectionDomain().getCodeSource().getLocation();
        Process other = new ProcessBuilder(
                        java.toString(), "-cp", Path.of(classes.toURI()).toString(), OtherJvm.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            String answer = new String(other.getInputStream().readAllBytes(), US_ASCII);
            assertThat(Integer.parseInt(answer.strip()) / 100).isNotEqualTo(mine / 100);
        } finally {
            other.destroyForcibly();
        }
    }

    /** Prints a port, while this JVM holds its own. */
    static final class OtherJvm {

        private OtherJvm() {}

        public static void main(String[] arguments) {
            System.out.println(Ports.free());
        }
    }
}
