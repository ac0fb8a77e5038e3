package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is to be remarked about a body, field by field. */
final class FieldRemarks {

    private final List<String> remarks = new ArrayList<>();

    /** @param hasUniqueNames whether no object of the body has a name twice */
    FieldRemarks(boolean hasUniqueNames) {
        if (!hasUniqueNames) {
            add("an object of the body has a name twice, the last value is read");
        }
    }

    void add(String remark) {
        remarks.add(remark);
    }

    int size() {
        return remarks.size();
    }

    List<String> all() {
        return List.copyOf(remarks);
    }

    /**
     * Remarks fields that are unusable, are read by an assumption, or are there more than once.
     *
     * @param path of the object in the body, with a dot at its end unless it is empty
     */
    void lookAt(String path, List<Field<?>> fields, JsonObject object) {
        fields.forEach(field -> lookAt(path, field, object));
    }

    private void lookAt(String path, Field<?> field, JsonObject object) {
        List<Map.Entry<String, JsonValue>> values = field.in(object);
        if (values.isEmpty()) {
            return;
        }
        JsonValue read = values.get(0).getValue();
        field.reader()
                .apply(read)
                .remark()
                .ifPresent(remark -> add("%s%s %s %s".formatted(path, field.name(), Values.quoted(read), remark)));
        if (values.size() > 1
                && values.stream().map(Map.Entry::getValue).distinct().count() > 1) {
            add("%s%s is given more than once, as %s; %s is read"
                    .formatted(
                            path,
                            field.name(),
                            String.join(
                                    ", ", values.stream().map(Map.Entry::getKey).toList()),
                            values.get(0).getKey()));
        }
    }

    /** Remarks a time that lies too far ahead of the arrival. */
    void ahead(String field, Instant time, Instant receivedAt) {
        if (!PortalBody.isUsable(time, receivedAt)) {
            add("%s %s is more than a day ahead of the arrival, so it is not used".formatted(field, time));
        }
    }
}
