package org.mxhooks.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.MapConfig;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.Caller;
import org.mxhooks.web.TestConnection;

/** The refused requests that are kept, on every supported database. */
@Tag("persistence")
abstract class RefusalLogSuite {

    private static final String MANY = """
            insert into mxhooks.refused_request
            (refused_at, endpoint, reason, address, network, requests, why, size, headers, body)
            select current_timestamp, 'e', 'r', ?, 'n' || mod(i, ?), 2, 'why', 0, '', ''
            from %s as many (i)""";

    private TestDatabase database;
    private Sql sql;
    private EndpointRegistry endpoints;
    private RefusalLog log;

    protected abstract TestDatabase database() throws SQLException;

    protected abstract String series();

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        sql = new Sql(database.dataSource());
        Settings settings =
                SettingsReader.read(MapConfig.of(Map.of("mxhooks.endpoint.default.secret", "of the portal")));
        endpoints = EndpointRegistry.of(settings, null, new SimpleMeterRegistry());
        log = RefusalLog.of(database.dataSource(), endpoints, settings);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsWhatIsKnownAndNoMoreOfABodyThanItsBeginning() throws SQLException {
        byte[] body = "<b>\u0000".concat("x".repeat(5000)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        refuse("203.0.113.7", "signature_invalid", body);

        assertThat(log.store()).isTrue();
        assertThat(log.store()).isFalse();

        RefusedEntry refusal = latest(10).get(0);
        assertThat(refusal.body()).startsWith("<b>\\u0000xxx").hasSizeLessThan(1040);
        assertThat(refusal.size()).isEqualTo(5004);
        assertThat(refusal.headers())
                .containsExactlyInAnyOrder("MxAPI-Signature: abcdefghijkl…", "Authorization: ****", "User-Agent: curl");
        assertThat(refusal.requests()).isOne();
        assertThat(refusal.network()).isEqualTo("203.0.113.7/32");
        assertThat(sql.first("select max(octet_length(body)) from mxhooks.refused_request", row -> row.getInt(1)))
                .hasValue(1024);
    }

    @Test
    void findsByEndpointReasonAndNetworkPageByPage() throws SQLException {
        refuse("203.0.113.7", "too_large", RefusedContent.NOT_READ);
        refuse("203.0.113.8", "too_large", RefusedContent.NOT_READ);
        refuse("203.0.113.8", "incomplete", RefusedContent.NOT_READ);
        log.store();

        assertThat(latest(2)).extracting(RefusedEntry::reason).containsExactly("incomplete", "too_large");
        long last = latest(2).get(1).id();
        assertThat(log.latest(Optional.empty(), Optional.empty(), Optional.empty(), last, 2))
                .extracting(RefusedEntry::address)
                .containsExactly("203.0.113.7");
        assertThat(log.latest(
                        Optional.of("default"),
                        Optional.of("too_large"),
                        Optional.of("203.0.113.8/32"),
                        Long.MAX_VALUE,
                        10))
                .hasSize(1);
        assertThat(log.latest(Optional.of("other"), Optional.empty(), Optional.empty(), Long.MAX_VALUE, 10))
                .isEmpty();
        assertThat(log.groups())
                .extracting(RefusedEntry.Group::reason, RefusedEntry.Group::network, RefusedEntry.Group::requests)
                .containsExactlyInAnyOrder(
                        tuple("too_large", "203.0.113.7/32", 1L),
                        tuple("too_large", "203.0.113.8/32", 1L),
                        tuple("incomplete", "203.0.113.8/32", 1L));
    }

    @Test
    void aFloodLeavesABoundedNumberOfRows() throws SQLException {
        refuse("203.0.113.7", "too_large", RefusedContent.NOT_READ);
        log.store();
        sql.update(MANY.formatted(series()), "one network", 1);
        log.trim();
        assertThat(count("address = 'one network'")).isEqualTo(20);

        sql.update(MANY.formatted(series()), "many networks", 5000);
        log.trim();

        assertThat(count("endpoint = 'e'")).isEqualTo(200);
        assertThat(count("address = '203.0.113.7'")).as("of another kind").isOne();
        assertThat(log.groups()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void whatTheDatabaseRefusesKeepsNothingElseFromBeingStored() throws SQLException {
        refuse("203.0.113.7", "r".repeat(500), RefusedContent.NOT_READ);
        assertThatThrownBy(log::store).isInstanceOf(SQLException.class);
        refuse("203.0.113.8", "too_large", RefusedContent.NOT_READ);

        assertThat(log.store()).isTrue();
        assertThat(latest(10)).extracting(RefusedEntry::address).containsExactly("203.0.113.8");
    }

    @Test
    void whatIsOldEnds() throws SQLException {
        refuse("203.0.113.7", "too_large", RefusedContent.NOT_READ);
        log.store();
        log.trim();
        assertThat(count("true")).isOne();

        sql.update("update mxhooks.refused_request set refused_at = current_timestamp - interval '91' day");
        log.trim();

        assertThat(count("true")).isZero();
    }

    @Test
    void whatCannotBeStoredWaits() throws SQLException {
        sql.update("alter table mxhooks.refused_request rename to elsewhere");
        refuse("203.0.113.7", "too_large", RefusedContent.NOT_READ);
        assertThatThrownBy(log::store).isInstanceOf(SQLException.class);

        sql.update("alter table mxhooks.elsewhere rename to refused_request");
        assertThat(log.store()).isTrue();
        assertThat(count("true")).isOne();
    }

    private List<RefusedEntry> latest(int limit) throws SQLException {
        return log.latest(Optional.empty(), Optional.empty(), Optional.empty(), Long.MAX_VALUE, limit);
    }

    private long count(String condition) throws SQLException {
        return sql.first("select count(*) from mxhooks.refused_request where " + condition, row -> row.getLong(1))
                .orElseThrow();
    }

    private void refuse(String address, String reason, byte[] body) {
        Caller caller = Caller.of(new TestConnection().comesFrom(address, true).request(), Set.of());
        Map<String, List<String>> headers = Map.of(
                "MxAPI-Signature",
                List.of("abcdefghijklmnopqrstuvwxyz"),
                "Authorization",
                List.of("Bearer secret"),
                "User-Agent",
                List.of("curl"));
        endpoints.samples().add("default", reason, caller, () -> RefusedContent.of("why", body.length, headers, body));
    }
}
