package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Autocast;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecorrelatedConv2dTest {
  private static final int SAMPLED = 50;
  private static final int EVERY = 9;

  private final TensorScope scope = TensorScope.open();
  private final Layer layer = new DecorrelatedConv2d("d", 3, 3, Window.of(1));

  /** Hands the decorrelated channels on. */
  private final NamedTensors identity =
      NamedTensors.of("d.weight", eye().reshape(3, 3, 1, 1))
          .with(NamedTensors.of("d.bias", Tensors.of(new double[3], 3)));

  private final NamedTensors initial = Passes.doubles(layer.initialBuffers());

  /** Images of one pixel, with correlated channels. */
  private final Tensor images =
      Passes.normal(1, (long) SAMPLED * EVERY, 3)
          .matmul(Tensors.of(new double[] {1, 0.4, 0, 0, 1, 0.5, 0.3, 0, 1.2}, 3, 3))
          .add(new Scalar(2.0))
          .reshape(-1, 3, 1, 1);

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static Tensor eye() {
    return torch.eye(3, Tensors.of(new double[1]).options());
  }

  @Test
  void in_training_the_sampled_pixels_have_mean_zero_and_the_identity_as_covariance() {
    Tensor outputs = layer.forward(images, pass(initial, Passes.training())).flatten(1, -1);
    Tensor sampled = outputs.reshape(SAMPLED, EVERY, 3).select(1, 0);
    assertThat(Tensors.toDoubles(sampled.mean(0))).containsExactly(new double[3], within(1e-9));
    Tensor covariance = sampled.transpose(0, 1).matmul(sampled).div(new Scalar((double) SAMPLED));
    assertThat(Tensors.toDoubles(covariance))
        .containsExactly(Tensors.toDoubles(eye()), within(1e-3));
  }

  @Test
  void evaluation_takes_what_training_left() {
    ForwardPass training = pass(initial, Passes.training());
    Tensor trained = layer.forward(images, training);
    NamedTensors once = training.buffers();
    // A tenth of the way from the start, so ten times the difference is the batch's own.
    NamedTensors ofBatch =
        once.combine(initial, (after, before) -> before.add(after.sub(before), new Scalar(10.0)));
    Tensor evaluated = layer.forward(images, pass(ofBatch, Mode.evaluation()));
    assertThat(Tensors.toDoubles(evaluated))
        .containsExactly(Tensors.toDoubles(trained), within(1e-9));
  }

  @Test
  void mixed_precision_computes_the_inverse_root_in_full() {
    NamedTensors floats = layer.initialBuffers();
    Tensor shorter = images.to(ScalarType.Float);
    ForwardPass pass =
        ForwardPass.begin(
            layer.initialParameters(RandomStream.seeded(1)), floats, Passes.training());
    ForwardPass full =
        ForwardPass.begin(
            layer.initialParameters(RandomStream.seeded(1)), floats, Passes.training());
    layer.forward(shorter, full);
    try (Autocast autocast = Autocast.to(ScalarType.BFloat16, shorter)) {
      layer.forward(shorter, pass);
    }
    assertThat(Tensors.toDoubles(pass.buffers().get("d.running_deconv")))
        .containsExactly(Tensors.toDoubles(full.buffers().get("d.running_deconv")));
  }

  private ForwardPass pass(NamedTensors buffers, Mode mode) {
    return ForwardPass.begin(identity, buffers, mode);
  }
}
