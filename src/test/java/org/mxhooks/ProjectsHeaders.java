package org.mxhooks;

/** Headers of projects webhooks, as the portal's page on them spells them. */
public final class ProjectsHeaders {

    public static final String EVENT_CATEGORY = "MxAPI-Projects-EventCategory";
    public static final String DELIVERY = "MxAPI-Projects-Delivery";
    public static final String SIGNATURE = "MxAPI-Signature";
    public static final String WEBHOOKS_VERSION = "MxAPI-Webhooks-Version";
    public static final String WEBHOOKS_VERSION_EXPIRY = "MxAPI-Webhooks-Version-Expiry";

    private ProjectsHeaders() {}
}
