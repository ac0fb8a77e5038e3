package org.mxhooks.mirror;

import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** A story that a push names. Not a record, which JPA 3.1 cannot embed. */
@Embeddable
public class PushStoryKey implements Serializable {

    private static final long serialVersionUID = 1;

    private String delivery;
    private String story;

    protected PushStoryKey() {}

    PushStoryKey(String delivery, String story) {
        this.delivery = delivery;
        this.story = story;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PushStoryKey key && delivery.equals(key.delivery) && story.equals(key.story);
    }

    @Override
    public int hashCode() {
        return Objects.hash(delivery, story);
    }
}
