package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenLayersTest {
  private static final List<String> PARAMETERS =
      List.of(
          "conv1.weight",
          "bn1.weight",
          "bn1.bias",
          "layer1.0.conv1.weight",
          "layer1.0.bn1.weight",
          "layer10.conv.weight",
          "fc.weight",
          "fc.bias");

  private static final Set<String> HEAD = Set.of("fc.weight", "fc.bias");

  private static Set<String> chosen(String patterns) {
    return FrozenLayers.choose(List.of(patterns.split(";")), PARAMETERS, HEAD);
  }

  @ParameterizedTest
  @CsvSource({
    "conv1, conv1.weight",
    "layer1, layer1.0.conv1.weight layer1.0.bn1.weight",
    "fc.bias, fc.bias",
    "fc;conv1, conv1.weight fc.weight fc.bias",
    "*.bn1, layer1.0.bn1.weight",
    "*bn?, bn1.weight bn1.bias layer1.0.bn1.weight",
    "*.bias, bn1.bias fc.bias",
    "layer1*, layer1.0.conv1.weight layer1.0.bn1.weight layer10.conv.weight"
  })
  void a_pattern_stands_for_layers_and_parameters_of_that_name(String patterns, String expected) {
    assertThat(chosen(patterns)).containsExactly(expected.split(" "));
  }

  @Test
  void all_but_the_head_is_what_does_not_depend_on_the_classes() {
    assertThat(chosen("all-but-head")).hasSize(6).doesNotContainAnyElementsOf(HEAD);
  }

  @Test
  void a_name_that_is_none_is_answered_by_near_ones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chosen("conv1;layr1"))
        .withMessage(
            "\"layr1\" is no layer of the model, allowed: layer1, conv1, bn1, layer10, fc");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chosen(""))
        .withMessageStartingWith("\"\" is no layer of the model, allowed: ");
  }

  @Test
  void a_head_that_is_not_known_is_not_guessed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenLayers.choose(List.of("all-but-head"), PARAMETERS, Set.of()))
        .withMessageStartingWith("all-but-head, but it is not known which layer is the head");
  }
}
