package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    Transform transform =
        Transforms.rowOf(Transforms.named(nameOf(function))).orElseThrow().transform();
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
        .withMessage(
            "unknown transform \"rotat\" (known: " + String.join(", ", Transforms.names()) + ")");
  }

  @Test
  void an_axis_that_a_function_does_not_have_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.of("rotate", Axis.X))
        .withMessage("function \"rotate\" has no axis, found X");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transforms.of("flip", null))
        .withMessage("missing field \"axis\" (allowed: X, Y)");
  }
}
