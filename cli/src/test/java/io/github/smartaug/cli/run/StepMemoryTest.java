package io.github.smartaug.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepMemoryTest {
  private static final ImageShape DIGIT = new ImageShape(1, 28, 28);
  private static final Model LENET = Models.create("lenet", DIGIT, 10);

  /**
   * Results of convolutions, rectifiers, pools, the copy that flattens, and linear layers, by hand;
   * four bytes each.
   */
  private static final double LENET_BYTES =
      4.0 * (20 * 24 * 24 * 2 + 20 * 12 * 12 + 50 * 8 * 8 * 2 + 2 * 50 * 4 * 4 + 500 * 2 + 10);

  private static final double IMAGES = 1e9;

  @Test
  void the_estimate_is_that_of_all_layers_for_all_images_and_steps() {
    double ofOneStep = gigabytes(new StepMemory(IMAGES, 1), LENET);

    assertThat(ofOneStep * (1 << 30)).isCloseTo(IMAGES * LENET_BYTES, withinPercentage(1));
    assertThat(gigabytes(new StepMemory(IMAGES, 3), LENET))
        .isCloseTo(3 * ofOneStep, withinPercentage(1));
  }

  @Test
  void a_shorter_type_needs_less() {
    double whole = gigabytes(new StepMemory(IMAGES, 1), LENET);
    double half = gigabytes(new StepMemory(IMAGES, 1), Precision.BFLOAT16.of(LENET));

    assertThat(half).isBetween(0.4 * whole, 0.8 * whole);
  }

  @Test
  void an_ordinary_step_fits() {
    assertThatCode(() -> new StepMemory(256, 4).require(LENET)).doesNotThrowAnyException();
  }

  @Test
  void parameters_that_do_not_fit_are_told_before_they_are_drawn() {
    Model perceptron = Models.create("mlp", new ImageShape(3, 4096, 4096), 10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepMemory(1, 1).require(perceptron))
        .withMessageStartingWith(
            "--model: a parameter [500, 50331648]: at least 93.8 GB of memory, allowed: the ");
  }

  private static double gigabytes(StepMemory memory, Model model) {
    Throwable refusal = catchThrowable(() -> memory.require(model));
    Matcher number =
        Pattern.compile("about ([0-9.]+) GB of memory").matcher(String.valueOf(refusal));
    assertThat(number.find()).as("%s", refusal).isTrue();
    return Double.parseDouble(number.group(1));
  }
}
