package org.mxhooks.dispatch;

import jakarta.enterprise.event.ObserverException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.StoryEvent;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** A consumer whose effect is a row for each event, in the transaction that it is notified in. */
final class EffectLog implements EventConsumer {

    /** Also those by which {@link org.mxhooks.inbox.TestInbox} logs stories. */
    private static final Set<String> CATEGORIES = Set.of("stories", "wishes", Attributes.UNKNOWN);

    private final String name;
    private final From from;
    private final DataSource dataSource;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Queue<String> notified = new ConcurrentLinkedQueue<>();
    private Predicate<Attributes> wanted = stored -> CATEGORIES.contains(stored.category());
    private volatile Expectation expectation = events -> {};
    private Optional<Set<String>> categories = Optional.empty();
    private boolean joins = true;
    private boolean enlisted;
    private volatile Currency currency = () -> true;

    EffectLog(String name, From from, DataSource dataSource) {
        this.name = name;
        this.from = from;
        this.dataSource = dataSource;
    }

    /** A row of the log. */
    record Effect(long position, long storyId) {}

    static void createTable(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table effect (consumer varchar(50), position bigint, story bigint,"
                    + " sequence bigint generated always as identity)");
        }
    }

    /** What it does after its effect. */
    interface Behaviour {
        void on(WebhookEvent event) throws Exception;
    }

    /** What it does when events are announced. */
    interface Expectation {
        void of(List<WebhookEvent> events) throws Exception;
    }

    EffectLog expecting(Expectation expectation) {
        this.expectation = expectation;
        return this;
    }

    /** Whether its source has it as it is. */
    interface Currency {
        boolean isCurrent() throws SQLException;
    }

    EffectLog current(Currency currency) {
        this.currency = currency;
        return this;
    }

    /** Makes it do something, after its effect, on stories of this name. */
    EffectLog on(String storyName, Behaviour behaviour) {
        behaviours.put(storyName, behaviour);
        return this;
    }

    /** Makes it fail, after its effect, on stories of this name. */
    EffectLog failingOn(String storyName) {
        return on(storyName, event -> {
            throw new IllegalStateException("poisoned on purpose");
        });
    }

    /** Makes it want a single story, by what is stored of the deliveries. */
    EffectLog wantingStory(long storyId) {
        wanted = stored -> stored.resource().equals(Optional.of(Resource.numbered("story", storyId)));
        return this;
    }

    /** As an observer of a type: it wants stories of these categories, and what may be of them when it is decoded. */
    EffectLog ofCategories(String... some) {
        Set<String> only = Set.of(some);
        categories = Optional.of(only);
        wanted = stored -> only.contains(stored.category()) || stored.category().equals(Attributes.UNKNOWN);
        return this;
    }

    void mend() {
        behaviours.clear();
    }

    /** As an observer that suspends the transaction. */
    EffectLog outsideTransactions() {
        joins = false;
        return this;
    }

    /** Made before any node has it. */
    EffectLog enlisted() {
        enlisted = true;
        return this;
    }

    @Override
    public boolean isEnlisted() {
        return enlisted;
    }

    @Override
    public boolean isCurrent() throws SQLException {
        return currency.isCurrent();
    }

    /** The names of the stories that it was notified of, whatever came of it; replays are marked. */
    Collection<String> notified() {
        return notified;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public From from() {
        return from;
    }

    @Override
    public String kind() {
        return "test";
    }

    @Override
    public boolean wants(Attributes stored) {
        return wanted.test(stored);
    }

    @Override
    public Optional<Set<String>> categories() {
        return categories;
    }

    @Override
    public boolean wants(WebhookEvent event) {
        return event instanceof StoryEvent story && !story.name().equals(Optional.of("unwanted"));
    }

    @Override
    public boolean expects() {
        return true;
    }

    @Override
    public void expect(List<WebhookEvent> events) throws Exception {
        expectation.of(events);
    }

    @Override
    public void notify(Notification notification) {
        WebhookEvent event = notification.event();
        StoryEvent story = (StoryEvent) event;
        String storyName = story.name().orElseThrow();
        notified.add(event.replay() ? "replay of " + storyName : storyName);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into effect (consumer, position, story) values (?, ?, ?)")) {
            insert.setString(1, name);
            insert.setLong(2, event.position());
            insert.setLong(3, story.storyId());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        try {
            behaviours.getOrDefault(storyName, nothing -> {}).on(event);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ObserverException(e);
        }
    }

    @Override
    public Policy policy() {
        return joins ? Policy.TRANSACTIONAL : Policy.EXTERNAL;
    }

    /** The effects that are committed, in the order in which they happened. */
    List<Effect> effects() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select position, story from effect where consumer = ? order by sequence")) {
            select.setString(1, name);
            List<Effect> effects = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    effects.add(new Effect(rows.getLong(1), rows.getLong(2)));
                }
            }
            return effects;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
