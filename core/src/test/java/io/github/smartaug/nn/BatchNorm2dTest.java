package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class BatchNorm2dTest {
  private static final Layer LAYER = new BatchNorm2d("bn", 2);
  private static final Model MODEL =
      new LayeredModel(new ImageShape(2, 3, 2), 2, MemoryFormat.CONTIGUOUS, LAYER);
  private static final double[] WEIGHT = {1.5, -0.5};
  private static final double[] BIAS = {0.25, 2};
  private static final double[] RUNNING_MEAN = {0.1, -0.2};
  private static final double[] RUNNING_VARIANCE = {0.7, 3};
  private static final int PIXELS = 6;

  @Test
  void training_normalises_by_the_statistics_of_the_batch() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      double[] x = Tensors.toDoubles(images);
      double[] expected = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int channel = channelOf(i);
        expected[i] =
            normalised(x[i], mean(x, channel), squares(x, channel) / (4 * PIXELS), channel);
      }
      assertThat(Tensors.toDoubles(forward(images, Passes.training()).logits()))
          .containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void training_moves_running_statistics_a_tenth_towards_mean_and_unbiased_variance() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      double[] x = Tensors.toDoubles(images);
      double[] means = new double[2];
      double[] variances = new double[2];
      for (int channel = 0; channel < 2; channel++) {
        means[channel] = 0.9 * RUNNING_MEAN[channel] + 0.1 * mean(x, channel);
        double unbiased = squares(x, channel) / (4 * PIXELS - 1);
        variances[channel] = 0.9 * RUNNING_VARIANCE[channel] + 0.1 * unbiased;
      }
      NamedTensors after = forward(images, Passes.training()).buffers();
      assertThat(Tensors.toDoubles(after.get("bn.running_mean")))
          .containsExactly(means, within(1e-12));
      assertThat(Tensors.toDoubles(after.get("bn.running_var")))
          .containsExactly(variances, within(1e-12));
      assertThat(Tensors.toLongs(after.get("bn.num_batches_tracked"))).containsExactly(8);
    }
  }

  @Test
  void buffers_that_were_given_are_not_changed_and_new_ones_have_no_history() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors given = buffers();
      Tensor images = Passes.normal(1, 4, 2, 3, 2).requires_grad_(true);
      NamedTensors after =
          MODEL.forward(images, parameters().asLeaves(), given, Passes.training()).buffers();
      assertThat(Tensors.toDoubles(given.get("bn.running_mean"))).containsExactly(RUNNING_MEAN);
      assertThat(Tensors.toDoubles(given.get("bn.running_var"))).containsExactly(RUNNING_VARIANCE);
      assertThat(Tensors.toLongs(given.get("bn.num_batches_tracked"))).containsExactly(7);
      assertThat(after.names()).containsExactlyElementsOf(given.names());
      assertThat(after.tensors()).noneMatch(Tensor::requires_grad);
    }
  }

  @Test
  void evaluation_normalises_by_running_statistics_and_returns_the_same_buffers() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors given = buffers();
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      double[] x = Tensors.toDoubles(images);
      double[] expected = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int channel = channelOf(i);
        expected[i] = normalised(x[i], RUNNING_MEAN[channel], RUNNING_VARIANCE[channel], channel);
      }
      Model.Output output = MODEL.forward(images, parameters(), given, Mode.evaluation());
      assertThat(Tensors.toDoubles(output.logits())).containsExactly(expected, within(1e-12));
      assertThat(output.buffers()).isSameAs(given);
    }
  }

  @Test
  void training_aside_normalises_by_the_batch_and_returns_the_same_buffers() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors given = buffers();
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      Mode aside = Mode.trainingAside(RandomStream.seeded(5));
      Model.Output output = MODEL.forward(images, parameters(), given, aside);
      assertThat(Tensors.toDoubles(output.logits()))
          .containsExactly(Tensors.toDoubles(forward(images, Passes.training()).logits()));
      assertThat(output.buffers()).isSameAs(given);
      assertThat(Tensors.toDoubles(given.get("bn.running_mean"))).containsExactly(RUNNING_MEAN);
      assertThat(Tensors.toLongs(given.get("bn.num_batches_tracked"))).containsExactly(7);
    }
  }

  @Test
  void running_statistics_have_the_same_bits_with_a_history_and_without() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      NamedTensors plain = forward(images, Passes.training()).buffers();
      NamedTensors followed =
          MODEL.forward(images, parameters(), withLeaves(buffers()), Passes.training()).buffers();
      for (String name : plain.names()) {
        assertThat(Tensors.toDoubles(followed.get(name)))
            .containsExactly(Tensors.toDoubles(plain.get(name)));
        assertThat(followed.get(name).requires_grad()).isEqualTo(name.contains("running"));
      }
    }
  }

  @Test
  void moved_statistics_are_functions_of_the_images_and_of_the_statistics_before() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      NamedTensors at =
          withLeaves(buffers())
              .with(NamedTensors.of("images", images))
              .having(Tensor::is_floating_point);
      requireDifferences(
          at.asLeaves(),
          inputs -> {
            NamedTensors after =
                MODEL
                    .forward(
                        inputs.get("images"),
                        parameters(),
                        buffers().with(inputs),
                        Passes.training())
                    .buffers();
            return after
                .get("bn.running_mean")
                .square()
                .sum()
                .add(after.get("bn.running_var").square().sum());
          });
    }
  }

  @Test
  void evaluation_is_a_function_of_the_running_statistics() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Passes.normal(1, 4, 2, 3, 2);
      NamedTensors at =
          parameters()
              .with(buffers().having(Tensor::is_floating_point))
              .with(NamedTensors.of("images", images));
      requireDifferences(
          at.asLeaves(),
          inputs ->
              MODEL
                  .forward(inputs.get("images"), inputs, buffers().with(inputs), Mode.evaluation())
                  .logits()
                  .tanh()
                  .sum());
    }
  }

  private static NamedTensors withLeaves(NamedTensors buffers) {
    return buffers.with(buffers.having(Tensor::is_floating_point).asLeaves());
  }

  /** Compares the gradient of a function with central differences. */
  private static void requireDifferences(
      NamedTensors leaves, Function<NamedTensors, Tensor> function) {
    NamedTensors gradients = Tensors.gradients(function.apply(leaves), leaves);
    double width = 1e-5;
    for (String name : leaves.names()) {
      double[] gradient = Tensors.toDoubles(gradients.get(name));
      for (int i = 0; i < gradient.length; i++) {
        double[] at = Tensors.toDoubles(leaves.get(name));
        at[i] += width;
        double above = Tensors.item(function.apply(moved(leaves, name, at)));
        at[i] -= 2 * width;
        double below = Tensors.item(function.apply(moved(leaves, name, at)));
        assertThat(gradient[i]).as(name).isCloseTo((above - below) / (2 * width), within(1e-8));
      }
      assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow())
          .as(name)
          .isGreaterThan(1e-3);
    }
  }

  private static NamedTensors moved(NamedTensors leaves, String name, double[] values) {
    Tensor tensor = Tensors.of(values, leaves.get(name).shape());
    return leaves.with(NamedTensors.of(name, tensor)).detach();
  }

  @Test
  void initial_values_are_those_of_pytorch() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = LAYER.initialParameters(RandomStream.seeded(1));
      NamedTensors buffers = LAYER.initialBuffers();
      assertThat(parameters.names()).containsExactly("bn.weight", "bn.bias");
      assertThat(Tensors.toDoubles(parameters.get("bn.weight"))).containsExactly(1, 1);
      assertThat(Tensors.toDoubles(parameters.get("bn.bias"))).containsExactly(0, 0);
      assertThat(buffers.names())
          .containsExactly("bn.running_mean", "bn.running_var", "bn.num_batches_tracked");
      assertThat(Tensors.toDoubles(buffers.get("bn.running_mean"))).containsExactly(0, 0);
      assertThat(Tensors.toDoubles(buffers.get("bn.running_var"))).containsExactly(1, 1);
      assertThat(Tensors.toLongs(buffers.get("bn.num_batches_tracked"))).containsExactly(0);
      assertThat(buffers.get("bn.num_batches_tracked").dim()).isZero();
    }
  }

  @Test
  void training_on_one_value_per_channel_is_refused() {
    try (TensorScope scope = TensorScope.open()) {
      ForwardPass pass = ForwardPass.begin(parameters(), buffers(), Passes.training());
      Tensor onePixel = Passes.normal(1, 1, 2, 1, 1);
      assertThatThrownBy(() -> LAYER.forward(onePixel, pass))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "batch normalisation \"bn\" got [1, 2, 1, 1];"
                  + " training needs several values per channel");
    }
  }

  private static Model.Output forward(Tensor images, Mode mode) {
    return MODEL.forward(images, parameters(), buffers(), mode);
  }

  private static NamedTensors parameters() {
    return NamedTensors.of(
        Map.of("bn.weight", Tensors.of(WEIGHT, 2), "bn.bias", Tensors.of(BIAS, 2)));
  }

  private static NamedTensors buffers() {
    return NamedTensors.of(
        Map.of(
            "bn.running_mean", Tensors.of(RUNNING_MEAN, 2),
            "bn.running_var", Tensors.of(RUNNING_VARIANCE, 2),
            "bn.num_batches_tracked", Tensors.of(new long[] {7})));
  }

  private static int channelOf(int index) {
    return index / PIXELS % 2;
  }

  private static double normalised(double x, double mean, double variance, int channel) {
    return (x - mean) / Math.sqrt(variance + 1e-5) * WEIGHT[channel] + BIAS[channel];
  }

  private static double mean(double[] x, int channel) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += channelOf(i) == channel ? x[i] : 0;
    }
    return 2 * sum / x.length;
  }

  /** Sum of the squared distances from the mean. */
  private static double squares(double[] x, int channel) {
    double mean = mean(x, channel);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += channelOf(i) == channel ? (x[i] - mean) * (x[i] - mean) : 0;
    }
    return sum;
  }
}
