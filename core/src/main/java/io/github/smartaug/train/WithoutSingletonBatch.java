package io.github.smartaug.train;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ForwardingBatches;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ScriptFailedException;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training batches without a last one of a single image, on which a model with batch normalisation
 * may not be able to train.
 */
record WithoutSingletonBatch(BatchSource source) implements ForwardingBatches {
  private static final Logger LOG = LoggerFactory.getLogger(WithoutSingletonBatch.class);

  /**
   * The batches of a source that the model can train on: all of them, or all but the last.
   *
   * @throws IllegalArgumentException if the batches of the source are too small
   */
  static BatchSource of(Model model, BatchSource source) {
    if (size(source, source.batches() - 1) > 1 || smallestBatch(model) == 1) {
      return source;
    }
    if (size(source, 0) == 1) {
      throw new IllegalArgumentException(
          "training batches of 1 image, allowed for a model with batch normalisation: at least 2");
    }
    LOG.info(
        "the last training batch of each epoch has one image and is left out:"
            + " batch normalisation needs several");
    return new WithoutSingletonBatch(source);
  }

  /** The number of images that a model needs at least to train on: 1 or 2. */
  static int smallestBatch(Model model) {
    ImageShape shape = model.input();
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      if (model.initialBuffers().isEmpty()) {
        return 1;
      }
      Tensor image = torch.zeros(1, shape.channels(), shape.height(), shape.width());
      RandomStream random = RandomStream.seeded(0);
      model.forward(
          image, model.initialParameters(random), model.initialBuffers(), Mode.training(random));
      return 1;
    } catch (IllegalArgumentException | ScriptFailedException e) {
      LOG.debug("the model cannot train on one image: {}", e.getMessage());
      return 2;
    }
  }

  /** Number of images in a batch, 2 if there are more. */
  private static int size(BatchSource source, int index) {
    try (TensorScope scope = TensorScope.open()) {
      return source.firstOfBatch(0, index, 2).size();
    }
  }

  @Override
  public int size() {
    return source.size() - 1;
  }

  @Override
  public int batches() {
    return source.batches() - 1;
  }

  @Override
  public Batch batchOn(Device device, long epoch, int index) {
    return source.batchOn(device, epoch, index);
  }

  @Override
  public Batch firstOfBatch(long epoch, int index, int most) {
    return source.firstOfBatch(epoch, index, most);
  }
}
