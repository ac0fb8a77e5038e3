package org.mxhooks.mirror;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How the past versions of a resource are found.
 *
 * @param key of the version that comes from a delivery
 * @param appId path of the app's id
 * @param condition by which JPQL finds all of a resource's, as {@code c}
 * @param parameters of that condition
 * @param <K> the key of a resource
 */
record PastKeys<K>(
        BiFunction<K, String, Object> key,
        String appId,
        String condition,
        Function<K, Map<String, Object>> parameters) {

    /** Of stories and sprints. */
    static final PastKeys<ResourceKey> OF_APP = new PastKeys<>(
            VersionKey::new,
            "c.key.appId",
            "c.key.appId = :app and c.key.id = :id",
            resource -> Map.of("app", resource.appId(), "id", resource.id()));

    /** Of services, whose alerts have their deliveries for keys. */
    static final PastKeys<String> OF_SERVICE = new PastKeys<>(
            (service, delivery) -> delivery, "c.state.appId", "c.serviceId = :id", service -> Map.of("id", service));
}
