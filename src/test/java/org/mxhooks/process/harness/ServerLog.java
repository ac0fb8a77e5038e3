package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a server writes into a file. */
public record ServerLog(Path file) {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static final int LAST_LINES = 20;

    /** How WildFly and Payara report a start or a deployment that failed, with up to three lines of details. */
    private static final Pattern FAILURE = Pattern.compile(
            "(?m)^.*(?:WFLYSRV0026|WFLYCTL0013|SEVERE.*javax\\.enterprise\\.system\\.core).*$(?:\\R.*){0,3}");

    /** An empty file for one process, in a directory of this JVM's. */
    static ServerLog fresh(String process) {
        try {
            Path directory = Files.createDirectories(Path.of(System.getProperty("homes"), "logs"));
            Path file = directory.resolve("%s-%s.log".formatted(process, NUMBERS.incrementAndGet()));
            return new ServerLog(Files.write(file, new byte[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In bytes. */
    public long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return since(0);
    }

    /** @param size that it had before */
    public String since(long size) {
        try {
            byte[] all = Files.readAllBytes(file);
            return new String(all, (int) size, all.length - (int) size, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first report of a failed start or deployment since the log had this size. */
    Optional<String> failureSince(long size) {
        return FAILURE.matcher(since(size)).results().map(MatchResult::group).findFirst();
    }

    /** Its last lines. */
    String end() {
        List<String> lines = text().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
