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
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mxhooks.event.PackageUploadedEvent;

/** A package at the time of its upload: never changed. */
@Entity
@Table(schema = "mxhooks", name = "package")
public class UploadedPackage {

    @Id
    private String delivery;

    @Column(name = "app_id")
    private String appId;

    @Embedded
    @AttributeOverride(name = "updatedAt", column = @Column(name = "upload_time"))
    private Moment moment;

    private String name;

    @Column(name = "model_version")
    private String modelVersion;

    @Column(name = "runtime_version")
    private String runtimeVersion;

    @Column(name = "uploader_id")
    private String uploaderId;

    /** From which it ages, since the portal may send no time. */
    @Column(name = "received_at")
    private OffsetDateTime receivedAt;

    protected UploadedPackage() {}

    UploadedPackage(String appId, PackageUploadedEvent event) {
        this.appId = appId;
        delivery = event.delivery().toString();
        moment = new Moment(event.uploadTime(), event.position());
        name = label(event.name());
        modelVersion = storable(event.modelVersion());
        runtimeVersion = storable(event.runtimeVersion());
        uploaderId = storable(event.uploaderId());
        receivedAt = Columns.utc(event.receivedAt());
    }

    /** What JPQL selects for a list, of a package at a path. */
    static String columns(String path) {
        return String.join(
                ", ",
                path + "delivery",
                Moment.columns(path + "moment."),
                path + "name",
                textColumn(path + "modelVersion"),
                textColumn(path + "runtimeVersion"),
                textColumn(path + "uploaderId"));
    }

    /** Reads {@link #columns}. */
    static PackageSnapshot listed(String appId, Row row) {
        UploadedPackage uploaded = new UploadedPackage();
        uploaded.appId = appId;
        uploaded.delivery = row.next();
        uploaded.moment = new Moment(row);
        uploaded.name = row.next();
        uploaded.modelVersion = row.text("modelVersion");
        uploaded.runtimeVersion = row.text("runtimeVersion");
        uploaded.uploaderId = row.text("uploaderId");
        return uploaded.snapshot(row.cut());
    }

    String appId() {
        return appId;
    }

    PackageSnapshot snapshot() {
        return snapshot(List.of());
    }

    private PackageSnapshot snapshot(List<String> cut) {
        return new PackageSnapshot(
                delivery,
                appId,
                Optional.ofNullable(name),
                Optional.ofNullable(modelVersion),
                Optional.ofNullable(runtimeVersion),
                Optional.ofNullable(uploaderId),
                moment.updatedAt(),
                moment.position(),
                cut);
    }
}
