package org.mxhooks.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Pushes, packages and alerts of apps: each puts its event into the outbox. */
final class Deployments {

    private static final String NOTHING_BEFORE = "0".repeat(40);
    private static final int SHORT_COMMIT = 8;

    /**
     * What was done.
     *
     * @param deliveries to how many webhooks it goes
     */
    record Posted(String label, int deliveries) {}

    private final Outbox outbox;

    Deployments(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Pushes one commit, whose id follows from its content and the commit before. */
    Posted push(
            PortalTransaction transaction,
            PortalApp app,
            Board.Edit edit,
            String branch,
            String message,
            List<String> stories)
            throws SQLException {
        Instant at = moment(transaction, app, "branch/" + branch, edit.at());
        String before = head(transaction, app, branch).orElse(NOTHING_BEFORE);
        String after = commitId(String.join("\n", app.id(), branch, before, message, at.toString()));
        transaction.update(
                "merge into branch (app, name, head) key (app, name) values (?, ?, ?)", app.id(), branch, after);
        return post(
                transaction,
                app,
                "teamserver.push",
                "branch/" + branch,
                "Push to %s: %s".formatted(branch, after.substring(0, SHORT_COMMIT)),
                DeploymentPayload.push(
                        app,
                        edit.person(),
                        at,
                        branch,
                        before,
                        new DeploymentPayload.OneCommit(after, message, stories)));
    }

    /** Uploads a package of the main branch. */
    Posted upload(PortalTransaction transaction, PortalApp app, Board.Edit edit, Optional<String> given)
            throws SQLException {
        Instant at = moment(transaction, app, "package", edit.at());
        transaction.update("update app set packages = packages + 1 where id = ?", app.id());
        long number = transaction.number("select packages from app where id = ?", app.id());
        String head = head(transaction, app, "main").orElse(NOTHING_BEFORE).substring(0, SHORT_COMMIT);
        String version = given.orElse("1.%s.0.%s".formatted(number, head));
        String name = "main-%s.mda".formatted(version);
        return post(
                transaction,
                app,
                "package.uploaded",
                "package/" + name,
                "Package %s uploaded".formatted(name),
                DeploymentPayload.packageUploaded(app, edit.person(), at, name, version));
    }

    Posted alert(PortalTransaction transaction, PortalApp app, Board.Edit edit, PortalAlert alert) throws SQLException {
        String resource = "service/%s/%s".formatted(alert.environment(), alert.service());
        Instant at = moment(transaction, app, resource, edit.at());
        return post(
                transaction,
                app,
                "alert",
                resource,
                "%s: %s in %s".formatted(alert.severity(), alert.service(), alert.environment()),
                DeploymentPayload.alert(app, at, alert));
    }

    private Posted post(
            PortalTransaction transaction, PortalApp app, String type, String resource, String label, byte[] body)
            throws SQLException {
        int deliveries =
                outbox.post(transaction, new Outbox.Event(app, WebhookFamily.DEPLOYMENT, type, resource, label, body));
        return new Posted(label, deliveries);
    }

    private static Optional<String> head(PortalTransaction transaction, PortalApp app, String branch)
            throws SQLException {
        return transaction.first(
                "select head from branch where app = ? and name = ?", row -> row.getString(1), app.id(), branch);
    }

    /** When a resource changes now: later than it did before. */
    private static Instant moment(PortalTransaction transaction, PortalApp app, String resource, Instant now)
            throws SQLException {
        Instant last = transaction
                .first(
                        "select at from moment where app = ? and resource = ?",
                        row -> row.getLong(1),
                        app.id(),
                        resource)
                .map(Instant::ofEpochMilli)
                .orElse(Instant.EPOCH);
        Instant at = Outbox.later(now, last);
        transaction.update(
                "merge into moment (app, resource, at) key (app, resource) values (?, ?, ?)",
                app.id(),
                resource,
                at.toEpochMilli());
        return at;
    }

    private static String commitId(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
