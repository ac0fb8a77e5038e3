package org.mxhooks.portal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A lively team. What it does follows from the seed alone: it plans sprints, splits and moves stories, files bugs,
 * pushes commits that refer to stories, uploads packages, and has alerts.
 */
final class Team {

    private static final int STORIES_OF_A_SPRINT = 6;
    private static final int STEPS_OF_A_SPRINT = 60;
    private static final int DAYS_OF_A_SPRINT = 14;
    private static final int MAX_BACKLOG = 20;

    private static final List<String> ACTIONS =
            List.of("Show", "Filter by", "Export", "Validate", "Translate", "Archive", "Import", "Sort by");
    private static final List<String> SUBJECTS = List.of(
            "the delivery date",
            "open orders",
            "customer addresses",
            "invoices",
            "stock levels",
            "carriers – größere Pakete",
            "price lists",
            "returns");
    private static final List<String> PLACES =
            List.of("on the order page", "in the overview", "on a phone", "for resellers", "in the monthly report");
    private static final List<String> SYMPTOMS =
            List.of("is empty", "loads for minutes", "shows ‘NaN’", "loses its sorting", "is cut off at 80 characters");
    private static final List<String> REASONS = List.of(
            "Buyers ask for it – daily.",
            "Found in the review.",
            "Needed before the summer sale.",
            "See the sketch: サイズ.");
    private static final List<String> SERVICES = List.of("Application Status", "Database CPU", "Disk space");

    /** A story that is not done. */
    private static final class Card {
        private final long number;
        private final String name;
        private Optional<Long> sprint;
        private boolean part;
        private boolean split;
        private boolean running;

        private Card(long number, String name, Optional<Long> sprint) {
            this.number = number;
            this.name = name;
            this.sprint = sprint;
        }
    }

    private final Random random;
    private final Queue<TeamStep> planned = new ArrayDeque<>();
    private final List<Card> cards = new ArrayList<>();
    private Optional<PortalAlert> open = Optional.empty();
    private long stories;
    private long sprint;
    private int stepsOfSprint;

    Team(long seed) {
        random = new Random(seed);
        beginSprint();
    }

    TeamStep next() {
        while (planned.isEmpty()) {
            plan();
        }
        stepsOfSprint++;
        return planned.remove();
    }

    private void plan() {
        boolean over = stepsOfSprint > STEPS_OF_A_SPRINT || cards.stream().noneMatch(this::isInSprint);
        if (over) {
            planned.add(new TeamStep.MoveSprint(anyone(), sprint, BoardSprint.COMPLETED));
            beginSprint();
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 30) {
            begin();
        } else if (dice < 55) {
            finish();
        } else if (dice < 63) {
            addFeature();
        } else if (dice < 71) {
            fileBug();
        } else if (dice < 77) {
            split();
        } else if (dice < 82) {
            describe();
        } else if (dice < 92) {
            push();
        } else if (dice < 95) {
            planned.add(new TeamStep.UploadPackage(anyone()));
        } else {
            alert();
        }
    }

    /** What is left of the sprint before comes along, and more from the backlog. */
    private void beginSprint() {
        Optional<Long> before = Optional.of(sprint);
        sprint++;
        stepsOfSprint = 0;
        Person planner = anyone();
        planned.add(new TeamStep.PlanSprint(planner, sprint, "Sprint " + sprint, DAYS_OF_A_SPRINT));
        cards.stream().filter(card -> card.sprint.equals(before) && !card.part).forEach(card -> take(planner, card));
        while (cards.stream().filter(this::isInSprint).count() < STORIES_OF_A_SPRINT) {
            Optional<Card> waiting = any(card -> card.sprint.isEmpty() && !card.part);
            if (waiting.isPresent()) {
                take(planner, waiting.get());
            } else {
                add(planner, feature(), BoardStory.FEATURE, Optional.of(sprint));
            }
        }
        planned.add(new TeamStep.MoveSprint(planner, sprint, BoardSprint.ACTIVE));
    }

    private void take(Person planner, Card card) {
        card.sprint = Optional.of(sprint);
        planned.add(new TeamStep.PlanStory(planner, card.number, card.sprint));
    }

    private boolean isInSprint(Card card) {
        return card.sprint.equals(Optional.of(sprint));
    }

    private void begin() {
        any(card -> !card.running && (card.part || isInSprint(card))).ifPresent(card -> {
            card.running = true;
            planned.add(new TeamStep.MoveStory(anyone(), card.number, BoardStory.RUNNING));
        });
    }

    private void finish() {
        any(card -> card.running).ifPresent(card -> {
            Person developer = anyone();
            if (random.nextBoolean()) {
                planned.add(commit(developer, card));
            }
            planned.add(new TeamStep.MoveStory(developer, card.number, BoardStory.DONE));
            cards.remove(card);
        });
    }

    private void addFeature() {
        if (cards.stream().filter(card -> card.sprint.isEmpty()).count() < MAX_BACKLOG) {
            add(anyone(), feature(), BoardStory.FEATURE, Optional.empty());
        }
    }

    private void fileBug() {
        String subject = pick(SUBJECTS);
        String name = "%s%s %s"
                .formatted(subject.substring(0, 1).toUpperCase(Locale.ROOT), subject.substring(1), pick(SYMPTOMS));
        add(anyone(), name, BoardStory.BUG, Optional.of(sprint));
    }

    private void split() {
        any(card -> !card.part && isInSprint(card) && !card.split).ifPresent(card -> {
            card.split = true;
            for (String part : List.of("the page", "the microflow")) {
                Card added = new Card(++stories, "%s: %s".formatted(card.name, part), Optional.empty());
                added.part = true;
                cards.add(added);
                planned.add(new TeamStep.AddStory(
                        anyone(),
                        added.number,
                        added.name,
                        pick(REASONS),
                        BoardStory.FEATURE,
                        Optional.empty(),
                        Optional.of(card.number)));
            }
        });
    }

    private void describe() {
        any(this::isInSprint)
                .ifPresent(card -> planned.add(new TeamStep.DescribeStory(
                        anyone(), card.number, "%s\n%s".formatted(pick(REASONS), feature()))));
    }

    private void push() {
        any(card -> card.running).ifPresent(card -> planned.add(commit(anyone(), card)));
    }

    private TeamStep commit(Person developer, Card card) {
        String branch = random.nextInt(4) == 0 ? "release/1" : "main";
        return new TeamStep.PushCommit(developer, branch, card.name, List.of(card.number));
    }

    /** One that is open recovers before the next comes. */
    private void alert() {
        PortalAlert alert = open.map(before -> new PortalAlert(
                        id(),
                        PortalAlert.RECOVERY,
                        before.service(),
                        before.environment(),
                        "RECOVERY: %s is back to normal.".formatted(before.service())))
                .orElseGet(this::newAlert);
        open = alert.severity().equals(PortalAlert.RECOVERY) ? Optional.empty() : Optional.of(alert);
        planned.add(new TeamStep.RaiseAlert(anyone(), alert));
    }

    private PortalAlert newAlert() {
        String severity = random.nextInt(3) == 0 ? PortalAlert.CRITICAL : PortalAlert.WARNING;
        String service = pick(SERVICES);
        return new PortalAlert(
                id(),
                severity,
                service,
                random.nextBoolean() ? "production" : "acceptance",
                "%s: %s%% of %s is in use.".formatted(severity, 80 + random.nextInt(20), service));
    }

    private void add(Person person, String name, String type, Optional<Long> ofSprint) {
        Card card = new Card(++stories, name, ofSprint);
        cards.add(card);
        planned.add(new TeamStep.AddStory(person, card.number, name, pick(REASONS), type, ofSprint, Optional.empty()));
    }

    private String feature() {
        return "%s %s %s".formatted(pick(ACTIONS), pick(SUBJECTS), pick(PLACES));
    }

    private Optional<Card> any(Predicate<Card> condition) {
        List<Card> suitable = cards.stream().filter(condition).toList();
        return suitable.isEmpty() ? Optional.empty() : Optional.of(pick(suitable));
    }

    private Person anyone() {
        Person[] all = Person.values();
        return all[1 + random.nextInt(all.length - 1)];
    }

    private String id() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
