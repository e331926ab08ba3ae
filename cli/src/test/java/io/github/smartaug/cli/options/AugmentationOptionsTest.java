package io.github.smartaug.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.NamedTransform;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AugmentationOptionsTest {
  private static final List<String> ESTIMATED = List.of("Posterize", "Solarize");

  @Test
  void posterize_and_solarize_are_learned_unless_straight_through_is_off() {
    assertThat(learnable()).containsAll(ESTIMATED);
    assertThat(learnable("--straight-through", "on")).containsAll(ESTIMATED);
    assertThat(learnable("--straight-through", "off"))
        .doesNotContainAnyElementsOf(ESTIMATED)
        .contains("Rotate");
  }

  private static List<String> learnable(String... arguments) {
    AugmentationOptions options = new AugmentationOptions();
    OptionConverters.registerConverters(new CommandLine(options)).parseArgs(arguments);
    try (TensorScope scope = TensorScope.open()) {
      return ((IndependentPolicy) options.createAugmenter(10))
          .transforms().transforms().stream()
              .filter(NamedTransform::learnable)
              .map(NamedTransform::name)
              .toList();
    }
  }
}
