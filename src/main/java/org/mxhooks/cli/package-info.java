/**
 * The command line, {@code mxhooks-cli.jar}; it is not in the WAR.
 *
 * <p><b>Guarantee.</b> Deliveries are signed as the portal signs them. A sample is a new delivery each time, a file is
 * sent byte for byte. Exit codes: 0 success, 1 refused by the server, 2 wrong usage or an unreadable file, 3 no answer.
 * No secret or password is printed, no message repeats an argument or a file's content, and no password goes over plain
 * HTTP to another machine. Untrusted text reaches a terminal without control characters; of an answer that is not from
 * mxhooks only the status is shown. Output is UTF-8 regardless of the locale. Colours, cut columns and the progress bar
 * are for terminals only.
 *
 * <p>Shown by {@code SendTest} and {@code SendManyTest}, {@code VerifyTest}, {@code OperatorsViewTest},
 * {@code NoAnswerTest}, {@code NothingRepeatedTest}, {@code TailTest}, {@code PrivateCaIT}, and, as a process, by
 * {@code ProcessIT}.
 */
package org.mxhooks.cli;
