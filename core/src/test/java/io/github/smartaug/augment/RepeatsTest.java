package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.PolicyOptions.Repeats;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import io.github.smartaug.transform.TransformStage;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A transform that is drawn for an image that has it already is applied again, or left out. */
class RepeatsTest {
  /** Without a transform that leaves images as they are. */
  private static final TransformSet SET =
      TransformSet.parse(
          "three",
          """
          [{"name": "Rotate", "function": "rotate", "param": {"max": 90}},
           {"name": "Flip", "function": "flip", "param": {"axis": "X"}},
           {"name": "Brightness", "function": "brightness", "param": {"min": 0.3, "max": 0.9}}]
          """,
          "test");

  private static final double[] PLACE = {2, 3};
  private static final int ROTATE = 0;
  private static final int FLIP = 1;
  private static final int BRIGHTNESS = 2;

  private static IndependentPolicy policy(TransformSet set, int length, Repeats repeats) {
    return IndependentPolicy.initial(
        set, PolicyOptions.builder().length(length).repeats(repeats).build());
  }

  private static Tensor image() {
    return Tensors.of(RandomStream.seeded(2).doubles(2 * 9 * 9, 0, 1).toArray(), 1, 2, 9, 9);
  }

  private static Draws draws(int... transforms) {
    int[][] chosen = new int[transforms.length][1];
    double[][] uniforms = new double[transforms.length][1];
    for (int n = 0; n < transforms.length; n++) {
      chosen[n][0] = transforms[n];
      uniforms[n][0] = 0.7 - 0.1 * n;
    }
    return new Draws(chosen, uniforms);
  }

  private static double[] result(LearnablePolicy policy, Draws draws) {
    return Tensors.toDoubles(policy.apply(image(), draws).images());
  }

  @ParameterizedTest
  @EnumSource(Sampling.AffineChains.class)
  void an_image_has_the_first_of_a_kind_alone(Sampling.AffineChains runs) {
    TransformSet set = SET.withSampling(Sampling.DEFAULT.with(runs));
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy leftOut = policy(set, 4, Repeats.LEFT_OUT);
      LearnablePolicy applied = policy(set, 4, Repeats.APPLIED);
      Draws repeated = draws(ROTATE, BRIGHTNESS, ROTATE, BRIGHTNESS);

      assertThat(result(leftOut, repeated)).containsExactly(result(applied, draws(ROTATE, 2)));
      assertThat(result(leftOut, draws(FLIP, FLIP)))
          .containsExactly(result(applied, draws(FLIP)))
          .isNotEqualTo(result(applied, draws(FLIP, FLIP)));
      Draws none = draws(ROTATE, FLIP, BRIGHTNESS);
      assertThat(result(leftOut, none)).containsExactly(result(applied, none));
      assertThat(leftOut.applied(repeated).transforms())
          .isDeepEqualTo(
              new int[][] {
                {ROTATE}, {BRIGHTNESS}, {TransformStage.NOTHING}, {TransformStage.NOTHING}
              });
      assertThat(applied.applied(repeated)).isSameAs(repeated);
    }
  }

  /** So labels of a place in the image go where the image goes. */
  @ParameterizedTest
  @EnumSource(Sampling.AffineChains.class)
  void annotations_follow_what_is_applied(Sampling.AffineChains runs) {
    TransformSet set = SET.withSampling(Sampling.DEFAULT.with(runs));
    try (TensorScope scope = TensorScope.open()) {
      Geometry once = policy(set, 1, Repeats.APPLIED).geometry(draws(ROTATE), 9, 9);
      Geometry twice = policy(set, 2, Repeats.LEFT_OUT).geometry(draws(ROTATE, ROTATE), 9, 9);

      assertThat(moved(twice)).containsExactly(moved(once), within(1e-4));
      assertThat(moved(once)).isNotEqualTo(PLACE);
    }
  }

  private static double[] moved(Geometry geometry) {
    return Tensors.toDoubles(geometry.keypoints(Tensors.of(PLACE, 1, 1, 2)).points());
  }

  @Test
  void a_magnitude_learns_from_the_one_that_is_applied() {
    try (TensorScope scope = TensorScope.open()) {
      double[] once = magnitudeGradient(Repeats.APPLIED, draws(ROTATE));
      double[] twice = magnitudeGradient(Repeats.LEFT_OUT, draws(ROTATE, ROTATE));

      assertThat(once[ROTATE]).isNotZero();
      assertThat(twice).containsExactly(once);
    }
  }

  private static double[] magnitudeGradient(Repeats repeats, Draws draws) {
    LearnablePolicy policy = policy(SET, draws.length(), repeats);
    NamedTensors leaves = policy.parameters().asLeaves();
    Tensor images = policy.withParameters(leaves).apply(image(), draws).images();
    return Tensors.toDoubles(
        Tensors.gradients(images.mul(images).sum(), leaves).get(LearnablePolicy.MAGNITUDES));
  }

  /** Draws stay independent, so what is known of their probabilities holds. */
  @Test
  void the_same_is_drawn_whatever_becomes_of_repeats() {
    try (TensorScope scope = TensorScope.open()) {
      Draws leftOut = policy(SET, 3, Repeats.LEFT_OUT).draw(50, RandomStream.seeded(5));
      Draws applied = policy(SET, 3, Repeats.APPLIED).draw(50, RandomStream.seeded(5));

      assertThat(leftOut.transforms()).isDeepEqualTo(applied.transforms());
      assertThat(leftOut.uniforms()).isDeepEqualTo(applied.uniforms());
    }
  }

  @Test
  void classes_with_policies_of_their_own_leave_repeats_out_too() {
    TransformSet set = TransformSets.named("base");
    PolicyOptions options =
        PolicyOptions.builder().classes(3).repeats(Repeats.LEFT_OUT).length(2).build();
    int rotate = set.names().indexOf("Rotate");
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = IndependentPolicy.initial(set, options);
      Draws twice =
          new Draws(new int[][] {{rotate}, {rotate}}, new double[][] {{0.7}, {0.6}}, new int[] {2});

      assertThat(Tensors.toDoubles(policy.apply(image(), twice).images()))
          .containsExactly(result(policy(set, 1, Repeats.APPLIED), draws(rotate)));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, LEFT_OUT", "3, APPLIED", "2, APPLIED"})
  void a_file_says_what_becomes_of_repeats_and_one_from_before_applies_them(
      int version, Repeats repeats) {
    try (TensorScope scope = TensorScope.open()) {
      String json = new PolicyFile(policy(SET, 2, repeats), Map.of()).toJson();
      String written =
          version == 3
              ? json
              : json.replace("\"version\" : 3", "\"version\" : 2")
                  .replaceFirst("\"repeats\" : \"[a-z-]+\",\\s+", "");

      assertThat(written.contains("repeats")).isEqualTo(version == 3);
      assertThat(PolicyFile.parse(written, "policy.json").policy().options().repeats())
          .isEqualTo(repeats);
    }
  }

  @Test
  void a_file_of_the_present_version_that_does_not_say_it_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      String json = new PolicyFile(policy(SET, 2, Repeats.LEFT_OUT), Map.of()).toJson();
      String missing = json.replaceFirst("\"repeats\" : \"left-out\",\\s+", "");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> PolicyFile.parse(missing, "policy.json"))
          .withMessage("policy.json: repeats: missing, allowed: a text");
    }
  }
}
