package io.github.qmbench.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessRequestTest {

    private static ProcessRequest.Builder request() {
        return ProcessRequest.builder(Path.of("/somewhere"), List.of("program"));
    }

    @Test
    void identityDoesNotDependOnTheOrderInWhichVariablesWereSet() {
        String identity =
                request().environment("A", "1").environment("B", "2").build().identity();

        assertThat(request().environment("B", "2").environment("A", "1").build().identity())
                .isEqualTo(identity);
        assertThat(request().environment("A", "2").environment("B", "1").build().identity())
                .isNotEqualTo(identity);
        assertThat(request().environment("A", "1, B=2").build().identity()).isNotEqualTo(identity);
    }
}
