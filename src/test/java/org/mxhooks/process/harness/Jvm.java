package org.mxhooks.process.harness;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running JVM, looked into from outside by {@code jcmd} of the JDK.
 *
 * @param pid of its process
 */
public record Jvm(long pid) {

    /** How to start one so that softly referenced classes, which are no leak, go with the rest. */
    public static final List<String> FORGETFUL = List.of("-Xmx512m", "-XX:SoftRefLRUPolicyMSPerMB=0");

    /** How to start one that is to be there soon; empty where its speed is measured. */
    public static final List<String> QUICK = Stream.of(
                    System.getProperty("jvm.quick", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList();

    /** Its threads whose stack has a frame of a class whose name begins as the expression says. */
    public List<String> threadsIn(Pattern classes) throws IOException, InterruptedException {
        Pattern frame = Pattern.compile("\\sat " + classes);
        List<String> found = new ArrayList<>();
        for (String thread : jcmd("Thread.print").split("\n\n")) {
            if (frame.matcher(thread).find()) {
                found.add(thread);
            }
        }
        return found;
    }

    /** How many class loaders keep a class of this name, once all garbage is gone. */
    public long loadersOf(String className) throws IOException, InterruptedException {
        jcmd("GC.run");
        return jcmd("VM.class_hierarchy", className)
                .lines()
                .filter(line -> line.contains(className + "/"))
                .count();
    }

    private String jcmd(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        command.add(String.valueOf(pid));
        command.addAll(List.of(arguments));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (jcmd.waitFor() != 0) {
            throw new IOException(command + ": " + answer);
        }
        return answer;
    }
}
