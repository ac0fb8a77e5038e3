package com.example.jira;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** The issues of stories, written once, in the notification's transaction. */
@ApplicationScoped
public class Issues {

    @PersistenceContext(unitName = "jira-sync")
    EntityManager entities;

    Optional<Issue> of(Issue.Key story) {
        return Optional.ofNullable(entities.find(Issue.class, story));
    }

    Issue add(Issue.Key story, String key) {
        Issue issue = new Issue(story, key);
        entities.persist(issue);
        return issue;
    }
}
