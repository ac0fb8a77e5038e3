package org.mxhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.junit.jupiter.api.Test;

/**
 * That Jenkins could read the declarative pipeline: Groovy that parses, of sections that it knows, where they belong.
 */
class JenkinsfileTest {

    private static final Map<String, Set<String>> SECTIONS = Map.of(
            "pipeline",
            Set.of("agent", "options", "tools", "environment", "parameters", "triggers", "stages", "post"),
            "stages",
            Set.of("stage"),
            "stage",
            Set.of("agent", "options", "tools", "environment", "when", "input", "steps", "post"),
            "post",
            Set.of("always", "success", "failure", "unstable", "changed", "fixed", "aborted", "cleanup"));

    @Test
    void hasOnlySectionsThatJenkinsKnows() throws IOException {
        List<MethodCallExpression> top = calls(parse(Files.readString(Path.of("Jenkinsfile"))));

        assertThat(top).singleElement().satisfies(pipeline -> {
            assertThat(pipeline.getMethodAsString()).isEqualTo("pipeline");
            assertThat(names(calls(pipeline))).contains("agent", "stages");
            assertKnown(pipeline);
        });
    }

    @Test
    void runsTheTestsAndKeepsWhatTheyMade() throws IOException {
        assertThat(Files.readString(Path.of("Jenkinsfile")))
                .contains("mvn -B --no-transfer-progress clean verify", "junit ", "archiveArtifacts ")
                .contains(
                        "target/mxhooks.war",
                        "target/mxhooks-api.jar",
                        "target/mxhooks-cli.jar",
                        "target/mxhooks-portal.jar");
    }

    @Test
    void whatJenkinsWouldRefuseIsReported() {
        assertThatThrownBy(() -> parse("pipeline { agent any")).isInstanceOf(MultipleCompilationErrorsException.class);
        assertThatThrownBy(
                        () -> assertKnown(calls(parse("pipeline { steps { } }")).get(0)))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertKnown(MethodCallExpression section) {
        Set<String> known = SECTIONS.get(section.getMethodAsString());
        if (known != null) {
            assertThat(known).containsAll(names(calls(section)));
            calls(section).forEach(JenkinsfileTest::assertKnown);
        }
    }

    private static BlockStatement parse(String groovy) {
        return (BlockStatement) new AstBuilder()
                .buildFromString(CompilePhase.CONVERSION, groovy)
                .get(0);
    }

    private static List<String> names(List<MethodCallExpression> calls) {
        return calls.stream().map(MethodCallExpression::getMethodAsString).toList();
    }

    /** The sections within one. */
    private static List<MethodCallExpression> calls(MethodCallExpression section) {
        return arguments(section)
                .filter(ClosureExpression.class::isInstance)
                .map(closure -> ((ClosureExpression) closure).getCode())
                .flatMap(code -> calls(code).stream())
                .toList();
    }

    /** {@code stage('Verify') { }} is a call whose closure is its last argument. */
    private static Stream<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof ArgumentListExpression list
                ? list.getExpressions().stream().filter(argument -> !(argument instanceof ConstantExpression))
                : Stream.of();
    }

    private static List<MethodCallExpression> calls(Statement code) {
        return ((BlockStatement) code)
                .getStatements().stream()
                        .filter(ExpressionStatement.class::isInstance)
                        .map(statement -> ((ExpressionStatement) statement).getExpression())
                        .filter(MethodCallExpression.class::isInstance)
                        .map(MethodCallExpression.class::cast)
                        .toList();
    }
}
