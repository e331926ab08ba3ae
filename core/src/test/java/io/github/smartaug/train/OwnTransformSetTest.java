package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.AutoContrast;
import io.github.smartaug.transform.Axis;
import io.github.smartaug.transform.Brightness;
import io.github.smartaug.transform.Cutout;
import io.github.smartaug.transform.Equalize;
import io.github.smartaug.transform.GradientKind;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.Posterize;
import io.github.smartaug.transform.Rotate;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.Translate;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Sets of transforms that are written in Java, not in JSON. */
class OwnTransformSetTest {
  private static final TransformSet SET =
      TransformSet.of(
          "mine",
          new NamedTransform("Rotate", new Rotate(), MagnitudeRange.symmetric(30)),
          new NamedTransform(
              "Shift",
              new Translate(Axis.X),
              MagnitudeRange.symmetric(0.25).in(MagnitudeRange.Unit.WIDTH)),
          new NamedTransform("Dim", new Brightness(), MagnitudeRange.inverse(0.2, 1)),
          new NamedTransform("Bits", new Posterize(), MagnitudeRange.inverse(2, 8)),
          new NamedTransform("Hole", Cutout.soft(), MagnitudeRange.direct(0, 3)),
          new NamedTransform("Stretch", new AutoContrast()));

  @Test
  void it_is_learned() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy start = IndependentPolicy.initial(SET, PolicyOptions.learned(2));
      try (TrainingResult result =
          SmallRun.train(SmallRun.perceptron(3), start, SmallRun.options(4, 1))) {
        IndependentPolicy learned = (IndependentPolicy) result.augmenter();
        double[] before = start.magnitudes();
        double[] after = learned.magnitudes();
        for (int t = 0; t < 5; t++) {
          assertThat(after[t]).as(SET.names().get(t)).isNotEqualTo(before[t]);
        }
        assertThat(after[5]).isEqualTo(1);
      }
    }
  }

  @Test
  void its_values_are_those_of_its_ranges() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor white = Tensors.full(1, Tensors.of(new double[1], 1), 1, 1, 2, 2);
      Draws dim = new Draws(new int[][] {{2}}, new double[][] {{0.5}});
      // From 1 down to 0.2, in the middle.
      assertThat(Tensors.toDoubles(new RandAugment(SET, 1, 1).apply(white, dim).images()))
          .containsExactly(new double[] {0.6, 0.6, 0.6, 0.6}, within(1e-6));
    }
  }

  @Test
  void json_gives_the_same_set_back() throws IOException {
    StringWriter json = new StringWriter();
    SET.write(json);
    assertThat(json.toString()).isEqualTo(SET.toJson());
    assertThat(TransformSet.read(new StringReader(json.toString()), "mine", "text")).isEqualTo(SET);
  }

  @Test
  void a_policy_of_it_goes_through_text_and_back() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      PolicyFile file =
          new PolicyFile(
              IndependentPolicy.initial(SET, PolicyOptions.learned(2)), Map.of("by", "hand"));
      StringWriter json = new StringWriter();
      file.write(json);
      PolicyFile read = PolicyFile.read(new StringReader(json.toString()), "text");
      assertThat(read.policy().transforms()).isEqualTo(SET);
      assertThat(read.provenance()).isEqualTo(file.provenance());
      assertThat(read.toJson()).isEqualTo(json.toString());
    }
  }

  @Test
  void errors_in_a_text_name_it_and_the_field() {
    try (TensorScope scope = TensorScope.open()) {
      String json =
          new PolicyFile(IndependentPolicy.initial(SET, PolicyOptions.learned(2)), Map.of())
              .toJson();
      String wrong = json.replace("\"length\" : 2", "\"length\" : -2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PolicyFile.parse(wrong, "from the server"))
          .withMessageStartingWith("from the server: length: -2, allowed: ");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PolicyFile.parse("{", "from the server"))
          .withMessageStartingWith("from the server: not JSON, line 1: ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.read(new StringReader("[{"), "mine", "from the server"))
        .withMessageStartingWith("from the server: not JSON, line 1: ");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedTransform("Rotate", new Rotate()))
        .withMessage("transform \"Rotate\": no range, allowed: a range for its value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Equalize(GradientKind.EXACT))
        .withMessageStartingWith("gradient: EXACT, allowed: ");
    NamedTransform[] twice = {
      new NamedTransform("A", new AutoContrast()), new NamedTransform("A", new Equalize())
    };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransformSet.of("mine", Arrays.copyOf(twice, 2)))
        .withMessageContaining("the name is taken by transform 1");
  }
}
