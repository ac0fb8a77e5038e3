package org.mxhooks.portal;

/**
 * A change for those who watch.
 *
 * @param type {@code app}, {@code sprint}, {@code story}, {@code webhook}, {@code delivery} or {@code play}
 * @param app the app's id
 * @param id of the resource, among its type in the app
 * @param value the resource as it is now; null if it was deleted
 * @param deleted the id, if it was deleted; otherwise null
 */
record FeedItem(String type, String app, String id, Object value, String deleted) {

    static FeedItem changed(String type, String app, Object id, Object value) {
        return new FeedItem(type, app, String.valueOf(id), value, null);
    }

    static FeedItem deleted(String type, String app, String id) {
        return new FeedItem(type, app, id, null, id);
    }

    /** What a later change of the same resource has too. */
    String key() {
        return type + " " + app + " " + id;
    }
}
