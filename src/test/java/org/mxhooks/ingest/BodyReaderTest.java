package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.ingest.BodyReader.BudgetExhausted;
import org.mxhooks.ingest.BodyReader.TooLarge;

class BodyReaderTest {

    private static final int MAX_BODY = 1024 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    private final ByteBudget budget = new ByteBudget(16 * MEGABYTE);
    private final BodyReader reader = new BodyReader(MAX_BODY);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16_384, 65_536, 100_000, MAX_BODY - 1, MAX_BODY})
    void readsEveryByteOfWhatWasDeclared(int size) throws Exception {
        byte[] body = body(size);

        for (long declared : new long[] {-1, size, MAX_BODY}) {
            try (ByteBudget.Share share = budget.open()) {
                assertThat(reader.read(new ByteArrayInputStream(body), declared, share))
                        .isEqualTo(body);
                assertThat(budget.used()).isEqualTo(size);
            }
            assertThat(budget.used()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8192, 100_000, MAX_BODY})
    void doesNotWaitForTheEndOfABodyOfKnownLength(int size) throws Exception {
        byte[] body = body(size);
        InputStream open = new SequenceInputStream(new ByteArrayInputStream(body), new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("waits for more");
            }
        });

        try (ByteBudget.Share share = budget.open()) {
            assertThat(reader.read(open, size, share)).isEqualTo(body);
        }
    }

    @Test
    void readsOneByteBeyondTheLargestBodyAtMost() {
        CountingStream endless = new CountingStream();

        try (ByteBudget.Share share = budget.open()) {
            assertThatExceptionOfType(TooLarge.class).isThrownBy(() -> reader.read(endless, -1, share));
        }
        assertThat(endless.read).isEqualTo(MAX_BODY + 1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void refusesADeclaredLengthWithoutReading() {
        CountingStream endless = new CountingStream();

        try (ByteBudget.Share share = budget.open()) {
            assertThatExceptionOfType(TooLarge.class).isThrownBy(() -> reader.read(endless, MAX_BODY + 1L, share));
        }
        assertThat(endless.read).isZero();
    }

    @Test
    void holdsTwiceWhatHasArrivedWhateverWasDeclared() {
        List<Long> held = new ArrayList<>();
        InputStream slow = new SequenceInputStream(new ByteArrayInputStream(body(100_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                held.add(budget.used());
                throw new IOException("gone");
            }
        });

        try (ByteBudget.Share share = budget.open()) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> reader.read(slow, MAX_BODY, share));
        }
        assertThat(held).singleElement().matches(bytes -> bytes <= 200_000);
        assertThat(budget.used()).isZero();
    }

    @Test
    void stopsWhereTheBudgetEnds() throws Exception {
        ByteBudget small = new ByteBudget(MEGABYTE);

        try (ByteBudget.Share share = small.open()) {
            assertThatExceptionOfType(BudgetExhausted.class)
                    .isThrownBy(() -> reader.read(new CountingStream(), -1, share));
        }
        assertThat(small.used()).isZero();
    }

    private static byte[] body(int size) {
        return "0123456789".repeat(size / 10 + 1).substring(0, size).getBytes(US_ASCII);
    }

    private static final class CountingStream extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return 'x';
        }
    }
}
