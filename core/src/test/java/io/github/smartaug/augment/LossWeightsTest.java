package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Reference;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossWeightsTest {
  private static final Reference RECORDED = Reference.open("loss_weight");

  @ParameterizedTest
  @CsvSource({"uniform, 1", "uniform, 2", "pos, 1", "pos, 2", "neg, 1", "neg, 2"})
  void weights_and_their_derivatives_are_the_ancestors(String logitsOf, int length) {
    try (Scope scope = Scope.open()) {
      String prefix = logitsOf + "__N" + length + "__";
      Tensor logits = RECORDED.tensor(logitsOf + "__prob").set_requires_grad(true);
      Tensor weights = LossWeights.ofLogits(logits, samples(prefix + "samples"));
      assertThat(Tensors.toDoubles(weights)).containsExactly(recorded(prefix + "bn1__w"), close());
      Tensor pulled = weights.mul(RECORDED.tensor(prefix + "cot")).sum();
      Tensor gradient = Tensors.gradients(pulled, NamedTensors.of("p", logits)).get("p");
      assertThat(Tensors.toDoubles(gradient))
          .containsExactly(recorded(prefix + "bn1__gprob"), close());
    }
  }

  @Test
  void equal_negative_scores_weigh_one_each() {
    try (Scope scope = Scope.open()) {
      Tensor logits = Tensors.of(new float[] {-1, -1}, 2);
      Tensor weights = LossWeights.ofLogits(logits, new int[][] {{0, 1, 1}});
      assertThat(Tensors.toDoubles(weights)).containsExactly(1, 1, 1);
    }
  }

  private static org.assertj.core.data.Offset<Double> close() {
    return within(2e-6);
  }

  private static double[] recorded(String key) {
    return Tensors.toDoubles(RECORDED.tensor(key));
  }

  private static int[][] samples(String key) {
    Tensor samples = RECORDED.tensor(key);
    int images = (int) samples.size(1);
    int[] flat = Arrays.stream(Tensors.toLongs(samples)).mapToInt(Math::toIntExact).toArray();
    int[][] byPosition = new int[(int) samples.size(0)][];
    for (int n = 0; n < byPosition.length; n++) {
      byPosition[n] = Arrays.copyOfRange(flat, n * images, (n + 1) * images);
    }
    return byPosition;
  }
}
