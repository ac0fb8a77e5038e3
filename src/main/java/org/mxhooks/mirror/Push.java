package org.mxhooks.mirror;

import static org.mxhooks.mirror.Columns.label;
import static org.mxhooks.mirror.Columns.storable;
import static org.mxhooks.mirror.Row.textColumn;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.mxhooks.event.Commit;
import org.mxhooks.event.TeamServerPushEvent;

/** A push, with its commits: never changed. */
@Entity
@Table(schema = "mxhooks", name = "push")
public class Push {

    @Id
    private String delivery;

    @Column(name = "app_id")
    private String appId;

    /** A push has no time of its own: that of its arrival. */
    @Embedded
    @AttributeOverride(name = "updatedAt", column = @Column(name = "received_at"))
    private Moment moment;

    @Column(name = "branch_name")
    private String branchName;

    @Column(name = "commit_before")
    private String before;

    @Column(name = "commit_after")
    private String after;

    @Column(name = "repository_type")
    private String repositoryType;

    @Column(name = "user_id")
    private String userId;

    @Column(name = "commit_count")
    private int commitCount;

    /** As {@link CommitJson} writes them. */
    private String commits;

    protected Push() {}

    Push(String appId, TeamServerPushEvent event) {
        List<Commit> all = event.commits();
        this.appId = appId;
        delivery = event.delivery().toString();
        moment = new Moment(Optional.of(event.receivedAt()), event.position());
        branchName = label(event.branchName());
        before = storable(event.before());
        after = storable(event.after());
        repositoryType = storable(event.repositoryType());
        userId = storable(event.userId());
        commitCount = all.size();
        commits = CommitJson.write(all);
    }

    /** What JPQL selects for a list, of a push at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                path + "delivery",
                Moment.columns(path + "moment."),
                path + "branchName",
                textColumn(path + "before"),
                textColumn(path + "after"),
                textColumn(path + "repositoryType"),
                textColumn(path + "userId"),
                path + "commitCount");
    }

    /** Reads {@link #columns}. */
    static PushSnapshot listed(String appId, Row row) {
        Push push = new Push();
        push.appId = appId;
        push.delivery = row.next();
        push.moment = new Moment(row);
        push.branchName = row.next();
        push.before = row.text("before");
        push.after = row.text("after");
        push.repositoryType = row.text("repositoryType");
        push.userId = row.text("userId");
        push.commitCount = row.<Integer>next();
        return push.snapshot(List.of(), row.cut());
    }

    String appId() {
        return appId;
    }

    PushSnapshot snapshot() {
        return snapshot(CommitJson.read(commits), List.of());
    }

    private PushSnapshot snapshot(List<PushedCommit> shown, List<String> cut) {
        return new PushSnapshot(
                delivery,
                appId,
                Optional.ofNullable(branchName),
                Optional.ofNullable(before),
                Optional.ofNullable(after),
                Optional.ofNullable(repositoryType),
                Optional.ofNullable(userId),
                commitCount,
                shown,
                moment.updatedAt().orElseThrow(),
                moment.position(),
                cut);
    }
}
