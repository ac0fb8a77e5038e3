package org.mxhooks.operations;

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
    private static final int COUNTED_AT_ONCE = 50;

    /** The order names all columns of the index for H2. */
    private static final String NEXT_REASONS = """
            select place.consumer, (
                select p.reason from mxhooks.parked p where p.consumer = place.consumer and p.dead and p.reason %s place.reason
                order by p.consumer, p.dead, p.reason limit 1) as reason
            from unnest(cast(? as varchar array), cast(? as varchar array)) as place (consumer, reason)""";

    private static final String COUNT = """
            select %s as number, (select count(*) from (
                select 1 from mxhooks.parked where consumer = ? and dead and reason = ? limit %s) as counted),
            (select dead_at from mxhooks.parked where consumer = ? and dead and reason = ?
                order by consumer desc, dead desc, reason desc, position desc limit 1) as latest""";

    private record Group(String consumer, String reason) {}

    /** The largest first; those beyond the first 200 are left out. */
    List<DeadGroup> all() throws SQLException {
        List<Group> found = find();
        List<DeadGroup> groups = new ArrayList<>();
        for (int from = 0; from < found.size(); from += COUNTED_AT_ONCE) {
            groups.addAll(count(found.subList(from, Math.min(found.size(), from + COUNTED_AT_ONCE))));
        }
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
            last = sql
                    .query(
                            NEXT_REASONS.formatted(beyond),
                            row -> new Group(row.getString(1), row.getString(2)),
                            Sql.Array.ofTexts(last.stream().map(Group::consumer).toList()),
                            Sql.Array.ofTexts(last.stream().map(Group::reason).toList()))
                    .stream()
                    .filter(group -> group.reason() != null)
                    .toList();
            found.addAll(last);
            beyond = ">";
        }
        return found.subList(0, Math.min(found.size(), MAX_GROUPS));
    }

    private List<DeadGroup> count(List<Group> groups) throws SQLException {
        Select query = new Select();
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            query.add(i == 0 ? "" : "union all")
                    .add(
                            COUNT.formatted(i, limit + 1),
                            group.consumer(),
                            group.reason(),
                            group.consumer(),
                            group.reason());
        }
        return sql
                .query(
                        query.text(),
                        row -> {
                            Group group = groups.get(row.getInt(1));
                            return new DeadGroup(
                                    Optional.of(group.consumer()),
                                    group.reason(),
                                    BoundedCount.of(row.getLong(2), limit),
                                    Sql.instant(row, "latest"));
                        },
                        query.parameters())
                .stream()
                .filter(group -> group.count().number() > 0)
                .toList();
    }
}
