package org.mxhooks.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mxhooks.database.Sql;

/** Many places as parameters of one statement, whose rows are lane, position and a number. */
record PlaceArrays(List<Place> places) {

    PlaceArrays(Collection<Place> places) {
        this(List.copyOf(places));
    }

    Sql.Array lanes() {
        return Sql.Array.ofIntegers(places.stream().map(Place::lane).toList());
    }

    Sql.Array positions() {
        return Sql.Array.ofBigints(places.stream().map(Place::position).toList());
    }

    /** A row's answer; without a number where that is null. */
    record Numbered(Place place, Optional<Long> number) {
        static Numbered of(ResultSet row) throws SQLException {
            return new Numbered(Place.of(row), Optional.ofNullable(row.getObject(3, Long.class)));
        }
    }

    /** The numbers by their places; a place without one is left out. */
    static Map<Place, Long> numbers(List<Numbered> rows) {
        return rows.stream()
                .filter(row -> row.number().isPresent())
                .collect(Collectors.toMap(Numbered::place, row -> row.number().get()));
    }
}
