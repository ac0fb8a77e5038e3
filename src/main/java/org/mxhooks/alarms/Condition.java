package org.mxhooks.alarms;

import java.util.Optional;
import org.mxhooks.event.OperatorAlert.Kind;
import org.mxhooks.mendix.StorableText;

/**
 * Something that is wrong now.
 *
 * @param kind what
 * @param subject with what; with the kind it identifies the alarm
 * @param problem a sentence
 * @param remedy a sentence
 * @param command that shows more, or empty
 */
record Condition(Kind kind, String subject, String problem, String remedy, Optional<String> command) {

    private static final int MAX_SUBJECT = 300;
    private static final int MAX_SENTENCE = 1000;

    Condition {
        subject = StorableText.line(subject, MAX_SUBJECT);
        problem = StorableText.line(problem, MAX_SENTENCE);
        remedy = StorableText.line(remedy, MAX_SENTENCE);
        command = command.map(text -> StorableText.line(text, MAX_SENTENCE));
    }

    Condition(Kind kind, String subject, String problem, String remedy) {
        this(kind, subject, problem, remedy, Optional.empty());
    }

    Condition withCommand(String shows) {
        return new Condition(kind, subject, problem, remedy, Optional.of(shows));
    }
}
