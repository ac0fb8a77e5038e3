package org.mxhooks.database;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table with texts that came from outside: what the room that owns it lets be changed so that a person is erased.
 *
 * @param place what its rows are, for people: {@code bodies} for example
 * @param name of the table
 * @param key the columns by which its rows are gone through, each with its type
 * @param texts columns with texts or bytes
 * @param person those of them that describe one person together
 * @param mark what else is set where a text changes; empty is nothing
 * @param only a condition on the rows; empty is none
 * @param deleted whether a row that names a person is deleted instead
 */
public record TextTable(
        String place,
        String name,
        List<KeyColumn> key,
        List<String> texts,
        List<String> person,
        String mark,
        String only,
        boolean deleted) {

    /**
     * A column of a key.
     *
     * @param type as in {@code cast(? as bigint)}
     */
    public record KeyColumn(String name, String type) {}

    /** @param key names and types in turn, separated by blanks: {@code app_id varchar, story_id bigint} */
    public static TextTable of(String place, String name, String key, String... texts) {
        List<KeyColumn> columns = Stream.of(key.split(", "))
                .map(column -> column.split(" "))
                .map(column -> new KeyColumn(column[0], column[1]))
                .toList();
        return new TextTable(place, name, columns, List.of(texts), List.of(), "", "", false);
    }

    /** As this, with columns that describe one person together. */
    public TextTable withPerson(String... columns) {
        List<String> all =
                Stream.concat(texts.stream(), Stream.of(columns)).distinct().toList();
        return new TextTable(place, name, key, all, List.of(columns), mark, only, deleted);
    }

    /** As this, where a change sets something else as well. */
    public TextTable marked(String assignment) {
        return new TextTable(place, name, key, texts, person, assignment, only, deleted);
    }

    /** As this, of some rows only. */
    public TextTable where(String condition) {
        return new TextTable(place, name, key, texts, person, mark, condition, deleted);
    }

    /** As this; rows that name a person are deleted. */
    public TextTable deleting() {
        return new TextTable(place, name, key, texts, person, mark, only, true);
    }
}
