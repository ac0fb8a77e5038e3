package org.mxhooks.observer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.event.Category;
import org.mxhooks.event.Created;
import org.mxhooks.event.Critical;
import org.mxhooks.event.Updated;

class QualifiersTest {

    private static final List<Set<Annotation>> OBSERVED = List.of(
            Set.of(),
            Set.of(Any.Literal.INSTANCE),
            Set.of(Category.Literal.of("stories")),
            Set.of(Category.Literal.of("alerts")),
            Set.of(Updated.Literal.INSTANCE),
            Set.of(Created.Literal.INSTANCE),
            Set.of(Critical.Literal.INSTANCE),
            Set.of(Category.Literal.of("stories"), Updated.Literal.INSTANCE),
            Set.of(Category.Literal.of("alerts"), Critical.Literal.INSTANCE),
            Set.of(Category.Literal.of("alerts"), Updated.Literal.INSTANCE));

    @ParameterizedTest
    @ValueSource(strings = {"stories", "sprints", "teamserver.push", "package.uploaded", "alerts", "unknown"})
    void areComparedAsASetWouldBe(String category) {
        for (String action : List.of("created", "updated", "critical", "deleted", "")) {
            assertThat(OBSERVED)
                    .allSatisfy(observed -> assertThat(Qualifiers.ofHasAll(category, action, observed))
                            .isEqualTo(Qualifiers.of(category, action).containsAll(observed)));
        }
    }
}
