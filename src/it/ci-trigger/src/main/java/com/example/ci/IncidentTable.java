package com.example.ci;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** The state of each service's incident, written in the notification's transaction. */
@Singleton
@Startup
public class IncidentTable {

    @Resource(lookup = "java:app/jdbc/mxhooks")
    DataSource dataSource;

    /**
     * An incident.
     *
     * @param changedAt time of the newest alert, by the portal's clock
     * @param open whether the service has not recovered
     */
    public record Incident(Instant changedAt, boolean open) {}

    /** Creates the table. */
    @PostConstruct
    void create() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement create = connection.prepareStatement(
                        "create table if not exists ci_incident (service varchar(36) primary key,"
                                + " changed_at timestamp with time zone not null, open boolean not null)")) {
            create.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The incident of a service; empty if there was none. */
    public Optional<Incident> of(String service) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select changed_at, open from ci_incident where service = ?")) {
            select.setString(1, service);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Incident(
                                row.getObject(1, OffsetDateTime.class).toInstant(), row.getBoolean(2)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the incident of a service. */
    public void put(String service, Incident incident) {
        OffsetDateTime changedAt = incident.changedAt().atOffset(ZoneOffset.UTC);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update ci_incident set changed_at = ?, open = ? where service = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into ci_incident (changed_at, open, service) values (?, ?, ?)")) {
            for (PreparedStatement statement : new PreparedStatement[] {update, insert}) {
                statement.setObject(1, changedAt);
                statement.setBoolean(2, incident.open());
                statement.setString(3, service);
                if (statement.executeUpdate() > 0) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
