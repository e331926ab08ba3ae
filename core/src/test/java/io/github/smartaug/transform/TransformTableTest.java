package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTableTest {
  static List<String> functions() {
    return Transforms.functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void every_function_has_its_row_in_the_documentation(String function) throws IOException {
    String row =
        Files.readAllLines(Path.of("..", "docs", "transforms.md")).stream()
            .filter(line -> line.startsWith("| `" + function + "`"))
            .findFirst()
            .orElseThrow();
    Transform transform = Transforms.named(nameOf(function));
    String gradient = row.split("\\|", -1)[5].trim();
    assertThat(gradient)
        .isEqualTo(
            switch (transform.gradientKind()) {
              case EXACT -> "exact";
              case STRAIGHT_THROUGH -> "straight-through";
              case NONE -> "";
            });
  }

  private static String nameOf(String function) {
    return Transforms.names().contains(function) ? function : function + "-x";
  }

  @Test
  void unknown_names_are_refused_with_those_that_are_known() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.named("rotat"))
        .withMessage("transform: \"rotat\", allowed: " + String.join(", ", Transforms.names()));
  }

  @Test
  void an_axis_that_a_function_does_not_have_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.of("rotate", Optional.of(Axis.X)))
        .withMessage("\"axis\": X, allowed with \"rotate\": none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.of("flip", Optional.empty()))
        .withMessage("\"axis\": missing, allowed with \"flip\": X, Y");
  }
}
