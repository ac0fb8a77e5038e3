package org.mxhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void anAnswerIsGoodForAWhileAndThenAskedForAgain() {
        Question<Integer> question = new Question<>(() -> CompletableFuture.completedStage(asked.incrementAndGet()));

        assertThat(question.answer()).hasValue(1);
        await().until(() -> question.answer().orElseThrow() == 2);
    }

    @Test
    void whatDoesNotAnswerIsAskedOnceHoweverManyWant() {
        CompletableFuture<String> late = new CompletableFuture<>();
        Question<String> question = new Question<>(() -> asked(late));

        List<Object> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> (Object) question.answer())
                .toList();
        assertThat(answers).hasSize(50).doesNotContain(late);
        assertThat(question.answer()).isEmpty();
        assertThat(asked).hasValue(1);

        late.complete("at last");
        List<String> all = new ArrayList<>();
        question.answer().ifPresent(all::add);
        assertThat(all).containsExactly("at last");
    }

    @Test
    void whatFailsHasNoAnswer() {
        Question<String> question = Question.onThread(Executors.defaultThreadFactory(), () -> {
            throw new IllegalStateException("away");
        });

        assertThat(question.answer()).isEmpty();
    }

    @Test
    void theAnswerIsWorkedOutOnAnotherThread() {
        Question<String> question = Question.onThread(
                Executors.defaultThreadFactory(), () -> Thread.currentThread().getName());

        assertThat(question.answer().orElseThrow())
                .isNotEqualTo(Thread.currentThread().getName());
    }

    private CompletionStage<String> asked(CompletionStage<String> answer) {
        asked.incrementAndGet();
        return answer;
    }
}
