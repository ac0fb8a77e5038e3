package org.mxhooks.mendix;

/**
 * An authentic body that is not a JSON object. Checked, because the delivery must be kept all the same: its sender will
 * not send it again.
 */
public final class UndecodableBody extends Exception {

    private static final long serialVersionUID = 1;

    UndecodableBody(String reason) {
        super(reason);
    }
}
