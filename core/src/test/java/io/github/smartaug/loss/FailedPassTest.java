package io.github.smartaug.loss;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.TangentPass;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.NativeHandles;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** A linearized loss that cannot be computed to its end frees the passes that it is made of. */
class FailedPassTest {
  private static final int IMAGES = 4;

  /** Does nothing, and fails every so many times. */
  private static final class Failing implements Layer {
    private final int passes;
    private int pass;

    Failing(int passes) {
      this.passes = passes;
    }

    @Override
    public Tensor forward(Tensor input, ForwardPass context) {
      pass++;
      if (pass % passes == 0) {
        throw new IllegalStateException("pass " + passes + " fails");
      }
      return new Tensor(input);
    }

    @Override
    public boolean isLinearizable() {
      return true;
    }

    @Override
    public Tensor tangent(Tensor inputTangent, TangentPass context) {
      return inputTangent;
    }
  }

  @Test
  void a_failure_of_the_pass_over_the_clean_images_leaves_no_native_value() {
    requireNoneLeft(new Failing(1), 0, "pass 1 fails");
  }

  @Test
  void a_failure_of_the_pass_over_the_changed_images_leaves_no_native_value() {
    requireNoneLeft(new Failing(2), 0, "pass 2 fails");
  }

  @Test
  void a_failure_of_the_loss_after_both_passes_leaves_no_native_value() {
    requireNoneLeft(new Failing(Integer.MAX_VALUE), 3, "label: 3, allowed with 3 logits: 0 to 2");
  }

  /** Images of which each has the same class; the model knows 0 to 2. */
  private static void requireNoneLeft(Layer failing, long label, String message) {
    LayeredModel model =
        new LayeredModel(
            new ImageShape(1, 6, 6),
            3,
            MemoryFormat.CONTIGUOUS,
            Sequential.of(new Flatten(), new Linear("fc", 36, 3), failing));
    IndependentPolicy policy =
        IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(1));
    try (TensorScope scope = TensorScope.open()) {
      Batch batch =
          new Batch(
              Tensors.of(new float[IMAGES * 36], IMAGES, 1, 6, 6),
              Tensors.of(new long[] {label, label, label, label}, IMAGES));
      ImageObjective objective =
          new ImageObjective(
              model,
              new Normalization(List.of(0.5), List.of(0.5)),
              new MixedLoss(1),
              policy,
              batch,
              policy.draw(IMAGES, RandomStream.seeded(1)),
              2);
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(3)).asLeaves();
      NamedTensors meta = policy.learnedParameters().asLeaves();

      NativeHandles.requireNoneLeft(
          () ->
              assertThatThrownBy(
                      () -> objective.linearize(parameters, model.initialBuffers(), meta))
                  .hasMessageContaining(message));
    }
  }
}
