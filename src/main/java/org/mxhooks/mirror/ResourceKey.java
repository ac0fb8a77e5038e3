package org.mxhooks.mirror;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** An app's story or sprint. Not a record, which JPA 3.1 cannot embed. */
@Embeddable
public class ResourceKey implements Serializable {

    private static final long serialVersionUID = 1;

    private static final int MAX_APP_ID = 100;

    @Column(name = "app_id")
    private String appId;

    private long id;

    protected ResourceKey() {}

    ResourceKey(String appId, long id) {
        this.appId = appId;
        this.id = id;
    }

    /** The key of an app's resource; empty where the app is unknown, or its text is no id. */
    static Optional<ResourceKey> of(Optional<String> appId, long id) {
        return appId.filter(ResourceKey::isAppId).map(text -> new ResourceKey(text, id));
    }

    /** Whether a text may be an app's id; the database takes no other. */
    static boolean isAppId(String text) {
        return text.length() <= MAX_APP_ID && text.indexOf('\0') < 0;
    }

    String appId() {
        return appId;
    }

    long id() {
        return id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceKey key && id == key.id && appId.equals(key.appId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(appId, id);
    }
}
