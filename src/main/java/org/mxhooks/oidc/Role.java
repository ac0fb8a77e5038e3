package org.mxhooks.oidc;

/** What a user of the console may do. */
public enum Role {
    /** Look at everything and change it. */
    OPERATOR,
    /** Look at everything. */
    VIEWER
}
