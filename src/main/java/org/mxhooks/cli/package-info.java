/**
 * The command line, {@code mxhooks-cli.jar}; it is not in the WAR.
 *
 * <p><b>Guarantee.</b> What it sends is signed as the portal signs. A sample is news each time, a file goes out as
 * exactly its bytes. The exit code tells scripts what the text tells people: 0 done, 1 the server said no, 2 not
 * understood or not readable, 3 no answer. Neither secret nor password is ever printed, no message repeats an argument
 * that was not understood or a file's content, and no password goes over plain HTTP to another machine. What strangers
 * wrote reaches a terminal without its control characters; of what is no answer of mxhooks only the status is shown.
 * Output is UTF-8 whatever the locale. Colours, cut columns and the progress bar are for terminals only.
 *
 * <p>Shown by {@code SendTest} and {@code SendManyTest}, {@code VerifyTest}, {@code OperatorsViewTest},
 * {@code NoAnswerTest}, {@code NothingRepeatedTest}, {@code TailTest}, {@code PrivateCaIT}, and, as a process, by
 * {@code ProcessIT}.
 */
package org.mxhooks.cli;
