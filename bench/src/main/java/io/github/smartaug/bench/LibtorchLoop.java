package io.github.smartaug.bench;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Training by libtorch's own modules, loss, clipping and optimizer, all in place. */
final class LibtorchLoop implements TrainingLoop {
  private final LibtorchNetwork network;
  private final Batch batch;
  private final Normalization normalization;
  private final TensorVector parameters;
  private final SGD optimizer;

  /**
   * A loop on one batch.
   *
   * @param network closed with the loop
   * @param batch must live as long as the loop, which belongs to the caller's scope
   */
  LibtorchLoop(LibtorchNetwork network, Batch batch, Normalization normalization) {
    this.network = network;
    this.batch = batch;
    this.normalization = normalization;
    this.parameters = Tensors.vector(network.parameters().tensors());
    SGDOptions options = new SGDOptions(PlainTraining.LEARNING_RATE);
    options.momentum().put(PlainTraining.MOMENTUM);
    options.weight_decay().put(PlainTraining.WEIGHT_DECAY);
    this.optimizer = new SGD(parameters, options);
  }

  @Override
  public double step() {
    try (TensorScope scope = TensorScope.open()) {
      optimizer.zero_grad();
      Tensor logits = network.forward(normalization.normalize(batch.images()));
      Tensor loss = torch.cross_entropy(logits, batch.labels());
      loss.backward();
      torch.clip_grad_norm_(parameters, PlainTraining.LARGEST_NORM);
      optimizer.step();
      return Tensors.item(loss);
    }
  }

  @Override
  public NamedTensors parameters() {
    return network.parameters();
  }

  @Override
  public NamedTensors buffers() {
    return network.buffers();
  }

  @Override
  public void close() {
    network.close();
  }
}
