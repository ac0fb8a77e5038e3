package org.mxhooks.alarms;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.event.OperatorAlert;

/** The alarms of all nodes: those that last, and those that ended within the last 30 days. */
@ApplicationScoped
public class Alarms {

    /** What alarms say, and the fields of payloads, as an erasure goes through it. */
    public static final List<TextTable> TEXTS = List.of(
            TextTable.of("alarms", "alarm", "kind varchar, subject varchar", "problem", "remedy", "command"),
            TextTable.of("fields of payloads", "payload_sample", "category varchar", "fields"));

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    private AlarmTable table;

    /** For programs without a container. */
    public static Alarms of(DataSource dataSource) {
        Alarms alarms = new Alarms();
        alarms.dataSource = dataSource;
        alarms.open();
        return alarms;
    }

    @PostConstruct
    void open() {
        table = new AlarmTable(new Sql(dataSource));
    }

    /** Those that last, the newest first: at most 1,000. */
    public List<OperatorAlert> raised() throws SQLException {
        return table.raised();
    }

    /** The last alarm of each subject that has ended, the newest first: at most 1,000. */
    public List<OperatorAlert> ended() throws SQLException {
        return table.ended();
    }
}
