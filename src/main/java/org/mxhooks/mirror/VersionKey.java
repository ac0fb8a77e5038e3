package org.mxhooks.mirror;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** A version of a resource: the one that comes from a delivery. */
@Embeddable
public class VersionKey implements Serializable {

    private static final long serialVersionUID = 1;

    @Column(name = "app_id")
    private String appId;

    private long id;

    private String delivery;

    protected VersionKey() {}

    VersionKey(ResourceKey resource, String delivery) {
        this.appId = resource.appId();
        this.id = resource.id();
        this.delivery = delivery;
    }

    ResourceKey resource() {
        return new ResourceKey(appId, id);
    }

    String delivery() {
        return delivery;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionKey key && resource().equals(key.resource()) && delivery.equals(key.delivery);
    }

    @Override
    public int hashCode() {
        return Objects.hash(appId, id, delivery);
    }
}
