package org.mxhooks.cli;

/** Asks a person whether to do what cannot be undone. */
record Confirmation(Environment environment, OutputOptions output) {

    /**
     * @param done past participle of what is asked for
     * @throws CommandFailure if the answer is not yes, or there is nobody to ask
     */
    void demand(String question, String done) throws CommandFailure {
        if (!environment.terminal().asks()) {
            throw CommandFailure.unusable(
                    "nothing is %s: there is no terminal to ask. %s Pass --yes.".formatted(done, question), null);
        }
        output.note(question + " [y/N]");
        if (!environment.readLine().matches("(?i)y(?:es)?")) {
            throw CommandFailure.refused("not %s.".formatted(done));
        }
    }
}
