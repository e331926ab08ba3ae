package io.github.smartaug.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.NamedTransform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AugmentationOptionsTest {
  private static final List<String> ESTIMATED = List.of("Posterize", "Solarize");
  private static final ImageShape COLOUR = new ImageShape(3, 32, 32);
  private static final ImageShape GREY = new ImageShape(1, 28, 28);

  @Test
  void posterize_and_solarize_are_learned_unless_straight_through_is_off() {
    assertThat(learnable()).containsAll(ESTIMATED);
    assertThat(learnable("--straight-through", "on")).containsAll(ESTIMATED);
    assertThat(learnable("--straight-through", "off"))
        .doesNotContainAnyElementsOf(ESTIMATED)
        .contains("Rotate");
  }

  @ParameterizedTest
  @CsvSource({"learned, 16", "random, 16", "trivial, 16", "sequence, 16"})
  void transforms_of_colours_are_left_out_where_images_are_grey(String augment, int left) {
    try (TensorScope scope = TensorScope.open()) {
      AugmentationOptions options =
          parsed("--augment", augment, "--transforms", "inverse-scale-wide");
      Augmenter onColour = options.createAugmenter(COLOUR, 10);
      Augmenter onGrey = options.createAugmenter(GREY, 10);
      assertThat(names(onColour)).hasSize(left + 2).contains("+Color", "-Color");
      assertThat(names(onGrey)).hasSize(left).doesNotContain("+Color", "-Color");
      assertThat(options.leftOut(onColour, COLOUR)).isEmpty();
      assertThat(options.leftOut(onGrey, GREY)).containsExactly("+Color", "-Color");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "learned, randaugment",
    "sequence, randaugment",
    "random, randaugment",
    "trivial, trivialaugment-wide"
  })
  void a_policy_has_the_transforms_that_it_was_published_with(String augment, String set) {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter policy = parsed("--augment", augment).createAugmenter(COLOUR, 10);
      assertThat(policy.transformPolicy().orElseThrow().transforms().name()).isEqualTo(set);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0.6",
    "--transforms randaugment, 0.6",
    "--transforms inverse-scale-wide, 0.15",
    "--initial-magnitude 0.3, 0.3",
    "--initial-magnitude 0.3 --transforms wide, 0.3"
  })
  void magnitudes_start_where_the_ranges_of_their_set_ask_for(String options, double magnitude) {
    try (TensorScope scope = TensorScope.open()) {
      String line = ("--augment learned " + options).strip();
      LearnablePolicy policy =
          (LearnablePolicy) parsed(line.split(" ")).createAugmenter(COLOUR, 10);
      int rotate = policy.transforms().names().indexOf("Rotate");
      assertThat(policy.magnitudes()[rotate]).isCloseTo(magnitude, within(1e-6));
    }
  }

  @Test
  void without_a_policy_nothing_is_left_out_and_no_file_is_read() {
    AugmentationOptions options = parsed("--augment", "none", "--transforms", "no-such-file.json");
    Augmenter none = options.createAugmenter(GREY, 10);
    assertThat(options.leftOut(none, GREY)).isEmpty();
  }

  private static List<String> names(Augmenter augmenter) {
    return augmenter.transformPolicy().orElseThrow().transforms().names();
  }

  private static AugmentationOptions parsed(String... arguments) {
    AugmentationOptions options = new AugmentationOptions();
    OptionConverters.registerConverters(new CommandLine(options)).parseArgs(arguments);
    return options;
  }

  private static List<String> learnable(String... arguments) {
    AugmentationOptions options = parsed(arguments);
    try (TensorScope scope = TensorScope.open()) {
      return ((IndependentPolicy) options.createAugmenter(COLOUR, 10))
          .transforms().transforms().stream()
              .filter(NamedTransform::learnable)
              .map(NamedTransform::name)
              .toList();
    }
  }
}
