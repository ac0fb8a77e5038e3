package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mxhooks.database.Sql;

/**
 * Finds groups of dead letters and counts them, by an index: what that costs grows with the number of groups, and with
 * that of letters up to a limit in each.
 *
 * @param limit up to which the letters of a group are counted
 */
record DeadGroups(Sql sql, int limit) {

    /** Of the groups that all pages show. */
    static final int MAX_COUNTED = 10_000;

    private static final int MAX_GROUPS = 200;

    /** The order names all columns of the index for H2. */
    private static final String NEXT_REASONS = """
            select place.consumer, (
                select p.reason from mxhooks.parked p where p.consumer = place.consumer and p.dead and p.reason %s place.reason
                order by p.consumer, p.dead, p.reason limit 1) as reason
            from unnest(cast(? as varchar array), cast(? as varchar array)) as place (consumer, reason)""";

    /** One text for any number of groups, so that it is planned once. A derived table of H2 knows no group. */
    private static final String COUNTS = """
            select place.consumer, place.reason, (
                select count(*) from mxhooks.parked p where %1$s and p.position <= coalesce((
                    select p.position from mxhooks.parked p where %1$s
                    order by p.consumer, p.dead, p.reason, p.position limit 1 offset %2$s), 9223372036854775807)) as number,
            (select p.dead_at from mxhooks.parked p where %1$s
                order by p.consumer desc, p.dead desc, p.reason desc, p.position desc limit 1) as latest
            from unnest(cast(? as varchar array), cast(? as varchar array)) as place (consumer, reason)""";

    private static final String OF_GROUP = "p.consumer = place.consumer and p.dead and p.reason = place.reason";

    private record Group(String consumer, String reason) {}

    /** The largest first; those beyond the first 200 are left out. */
    List<DeadGroup> all() throws SQLException {
        List<DeadGroup> groups = new ArrayList<>(count(find()));
        groups.sort(Comparator.comparing(DeadGroup::count)
                .reversed()
                .thenComparing(group -> group.consumer().orElse(""))
                .thenComparing(DeadGroup::reason));
        return groups;
    }

    /** Each round finds the next reason of each consumer that had one in the round before. */
    private List<Group> find() throws SQLException {
        List<Group> found = new ArrayList<>();
        List<Group> last =
                sql.query("select name from mxhooks.consumer order by name", row -> new Group(row.getString(1), ""));
        String beyond = ">=";
        while (!last.isEmpty() && found.size() < MAX_GROUPS) {
            last =
                    query(NEXT_REASONS.formatted(beyond), last, row -> new Group(row.getString(1), row.getString(2)))
                            .stream()
                            .filter(group -> group.reason() != null)
                            .toList();
            found.addAll(last);
            beyond = ">";
        }
        return found.subList(0, Math.min(found.size(), MAX_GROUPS));
    }

    private List<DeadGroup> count(List<Group> groups) throws SQLException {
        return query(COUNTS.formatted(OF_GROUP, limit), groups, this::counted).stream()
                .filter(group -> group.count().number() > 0)
                .toList();
    }

    private DeadGroup counted(ResultSet row) throws SQLException {
        return new DeadGroup(
                Optional.of(row.getString("consumer")),
                row.getString("reason"),
                BoundedCount.of(row.getLong("number"), limit),
                Sql.instant(row, "latest"));
    }

    private <T> List<T> query(String query, List<Group> of, Sql.RowMapper<T> row) throws SQLException {
        return sql.query(
                query,
                row,
                Sql.Array.ofTexts(of.stream().map(Group::consumer).toList()),
                Sql.Array.ofTexts(of.stream().map(Group::reason).toList()));
    }
}
