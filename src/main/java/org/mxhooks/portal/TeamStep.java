package org.mxhooks.portal;

import java.util.List;
import java.util.Optional;

/** What a member of a team does. Sprints and stories have numbers of the team's own, from 1. */
sealed interface TeamStep {

    Person person();

    record PlanSprint(Person person, long sprint, String name, int days) implements TeamStep {}

    record MoveSprint(Person person, long sprint, String status) implements TeamStep {}

    /** @param parent of a part that is split off */
    record AddStory(
            Person person,
            long story,
            String name,
            String description,
            String type,
            Optional<Long> sprint,
            Optional<Long> parent)
            implements TeamStep {}

    record MoveStory(Person person, long story, String status) implements TeamStep {}

    record PlanStory(Person person, long story, Optional<Long> sprint) implements TeamStep {}

    record DescribeStory(Person person, long story, String description) implements TeamStep {}

    record PushCommit(Person person, String branch, String message, List<Long> stories) implements TeamStep {}

    record UploadPackage(Person person) implements TeamStep {}

    record RaiseAlert(Person person, PortalAlert alert) implements TeamStep {}
}
