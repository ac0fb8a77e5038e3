package org.mxhooks.mirror;

import java.util.function.BiFunction;

/**
 * What a list shows of a kind of resource.
 *
 * @param entity its name in JPQL, where each is {@code c}
 * @param appId path of the app's id
 * @param path of what it is listed by, its {@link Moment} among them, with a dot at the end
 * @param columns what JPQL selects
 * @param reader makes the read model of an app's id and these columns
 * @param <V> the read model
 */
record Listed<V>(String entity, String appId, String path, String columns, BiFunction<String, Row, V> reader) {

    private static final String OF_APP = "c.key.appId";
    private static final String STATE = "c.state.";
    private static final String KEY = "c.key.id, c.delivery, ";

    static final Listed<StorySnapshot> STORIES =
            new Listed<>("Story", OF_APP, STATE, KEY + StoryState.columns(STATE), (appId, row) -> {
                ResourceKey key = new ResourceKey(appId, row.<Long>next());
                String delivery = row.next();
                StoryState state = new StoryState(row);
                return state.snapshot(key, delivery, row.cut());
            });

    static final Listed<SprintSnapshot> SPRINTS =
            new Listed<>("Sprint", OF_APP, STATE, KEY + SprintState.columns(STATE), (appId, row) -> {
                ResourceKey key = new ResourceKey(appId, row.<Long>next());
                String delivery = row.next();
                SprintState state = new SprintState(row);
                return state.snapshot(key, delivery, row.cut());
            });

    static final Listed<AlertSnapshot> ALERTS = new Listed<>(
            "Alert", "c.state.appId", STATE, "c.serviceId, c.delivery, " + AlertState.columns(STATE), (appId, row) -> {
                String serviceId = row.next();
                String delivery = row.next();
                AlertState state = new AlertState(appId, row);
                return state.snapshot(serviceId, delivery, row.cut());
            });

    static final Listed<PushSnapshot> PUSHES = new Listed<>("Push", "c.appId", "c.", Push.columns("c."), Push::listed);

    static final Listed<PackageSnapshot> PACKAGES =
            new Listed<>("UploadedPackage", "c.appId", "c.", UploadedPackage.columns("c."), UploadedPackage::listed);

    /** Past versions in full. */
    static <V, P extends Past & Version<V>> Listed<V> past(Class<P> type, String appId) {
        return new Listed<>(
                type.getSimpleName(),
                appId,
                STATE,
                "c",
                (app, row) -> row.<P>next().snapshot());
    }
}
