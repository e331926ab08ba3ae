package io.github.smartaug.bench;

import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network is applied to, in general position: no parameter is zero, running statistics have
 * moved, for augmented images too.
 *
 * @param images [B,C,H,W]
 * @param parameters leaves
 * @param buffers of the model
 * @param cotangent gradient of a loss for the logits, [B,classes]
 */
record NetworkValues(
    Tensor images, NamedTensors parameters, NamedTensors buffers, Tensor cotangent) {
  private static final long SEED = 1;
  private static final double NOISE = 0.01;

  /** Values for a batch, in the caller's scope. */
  static NetworkValues draw(Model model, int batchSize) {
    RandomStream random = RandomStream.seeded(SEED);
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      Tensor images =
          RandomImages.batch(model.input(), model.classes(), batchSize, random).images();
      TorchRuntime.seed(SEED);
      NamedTensors parameters =
          model
              .initialParameters(random)
              .map((Tensor drawn) -> drawn.add(torch.randn_like(drawn), new Scalar(NOISE)));
      Mode.Training mode = Mode.training(random);
      NamedTensors once = model.forward(images, parameters, model.initialBuffers(), mode).buffers();
      Model.Output twice = model.forward(images, parameters, once, mode.ofAugmentedImages());
      return new NetworkValues(
          scope.keep(images),
          scope.keep(parameters.asLeaves()),
          scope.keep(twice.buffers()),
          scope.keep(torch.randn_like(twice.logits())));
    }
  }

  /** The same network and fewer images of the batch, in the caller's scope. */
  NetworkValues first(int images) {
    return new NetworkValues(
        images().narrow(0, 0, images), parameters, buffers, cotangent.narrow(0, 0, images));
  }
}
