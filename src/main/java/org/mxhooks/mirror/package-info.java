/**
 * The current and past states of stories, sprints and services of environments, and pushes and packages, by JPA.
 *
 * <p><b>Guarantee.</b> A state becomes current only if it is newer than the current one by the portal's clock; a late
 * state is stored as a past version. Of two states with the same time the later accepted one wins; a state without a
 * time is older than any with one. Each delivery about a resource is stored as one version, however often it is
 * replayed. Versions that were superseded longer ago than {@code mxhooks.retention} are purged, the current one never.
 * A delivery without what it is found by is not mirrored, and has a remark that says so.
 *
 * <p>The state of a service is its newest alert, so a recovery ends an alert, and a late alert never opens it again. A
 * push and an upload of a package happen once: each is one row, inserted and never changed, and purged
 * {@code mxhooks.retention} after its arrival.
 *
 * <p>Resources share no rows and have no foreign keys: the names of app and sender are stored with each version. So
 * lanes that change many stories of an app concurrently neither wait for each other nor deadlock. The lane of a
 * resource and a replay may conflict on its row; the second is rolled back and retried.
 *
 * <p>Operators read lists, boards and histories in pages, each a piece of an index: what a page costs does not depend
 * on how many resources or versions there are. A board as of an instant looks up at most 200 stories that have changed
 * since, and says whether it is complete.
 *
 * <p>Shown on H2 and PostgreSQL with EclipseLink (Payara) and Hibernate (WildFly) by {@code MirrorSuite}, on these
 * servers by {@code MirrorJourneyIT} and {@code DeliveryJourneyIT}; {@code GrowthOfMirrorPostgresIT} compares the pages
 * of tables that are read, {@code ListingBenchmark} measures lists.
 */
package org.mxhooks.mirror;
