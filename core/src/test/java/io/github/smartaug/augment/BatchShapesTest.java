package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.Sampling.AffineChains;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No policy is given what is not a batch, and each takes one of no images. */
class BatchShapesTest {
  private interface Maker {
    Augmenter make();
  }

  static Stream<Arguments> policies() {
    TransformSet everything = TransformSets.named("everything");
    TransformSet composed = everything.withSampling(Sampling.DEFAULT.with(AffineChains.COMPOSED));
    PolicyOptions learned = PolicyOptions.learned(2);
    PolicyOptions byScore =
        PolicyOptions.builder()
            .length(3)
            .probabilities(Learning.LEARNED)
            .magnitudes(Learning.LEARNED)
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .classes(2)
            .build();
    return Stream.of(
        row("none", NoAugmentation::new),
        row("random", () -> new RandAugment(composed, 2, 0.5)),
        row("trivial", () -> new TrivialAugment(everything)),
        row("learned", () -> IndependentPolicy.initial(everything, learned)),
        row("learned by scores", () -> IndependentPolicy.initial(composed, byScore)),
        row("sequence", () -> SequencePolicy.initial(TransformSets.named("base"), learned)),
        row("frozen", () -> new FrozenPolicy(IndependentPolicy.initial(everything, learned))),
        row(
            "nothing in turn",
            () -> IndependentPolicy.initial(everything, PolicyOptions.learned(0))));
  }

  private static Arguments row(String name, Maker maker) {
    return Arguments.of(Named.of(name, maker));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void no_images_become_no_images(Maker maker) {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter policy = maker.make();
      Augmented none = policy.augment(torch.zeros(0, 3, 8, 8), RandomStream.seeded(1));
      assertThat(none.images().shape()).containsExactly(0, 3, 8, 8);
      assertThat(none.weights().values().shape()).containsExactly(0);
      assertThat(
              policy
                  .apply(torch.zeros(0, 3, 8, 8), policy.draw(new int[0], RandomStream.seeded(1)))
                  .images()
                  .shape())
          .containsExactly(0, 3, 8, 8);
    }
    try (TensorScope scope = TensorScope.open()) {
      ImageAugmenter augmenter = new ImageAugmenter(maker.make(), RandomStream.seeded(1));
      assertThat(augmenter.augment(new float[0], new ImageShape(3, 32, 32))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void no_images_have_annotations_that_move(Maker maker) {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter policy = maker.make();
      Geometry geometry = policy.geometry(policy.draw(0, RandomStream.seeded(1)), 8, 9);
      Tensor masks = torch.zeros(0, 8, 9).to(ScalarType.Long);
      assertThat(geometry.masks(masks, 1).shape()).containsExactly(0, 8, 9);
      assertThat(geometry.boxes(torch.zeros(0, 2, 4)).boxes().shape()).containsExactly(0, 2, 4);
      assertThat(geometry.keypoints(torch.zeros(0, 2, 2)).inside().shape()).containsExactly(0, 2);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void images_without_a_batch_dimension_are_refused(Maker maker) {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter policy = maker.make();
      for (long[] shape : List.of(new long[] {3, 8, 8}, new long[] {8, 8}, new long[] {})) {
        double[] pixels = new double[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        Tensor image = Tensors.of(pixels, shape).to(ScalarType.Float);
        String text = "images of shape " + Tensors.shapeText(image) + ", expected [B,C,H,W]";
        assertThatIllegalArgumentException()
            .isThrownBy(() -> policy.augment(image, RandomStream.seeded(1)))
            .withMessage(text);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> policy.apply(image, policy.draw(3, RandomStream.seeded(1))))
            .withMessage(text);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void draws_for_other_images_are_refused(Maker maker) {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter policy = maker.make();
      Draws four = policy.draw(4, RandomStream.seeded(1));
      if (four.length() > 0) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> policy.apply(torch.zeros(5, 3, 8, 8), four))
            .withMessage("draws are for 4 images, the batch has 5");
      }
    }
  }
}
