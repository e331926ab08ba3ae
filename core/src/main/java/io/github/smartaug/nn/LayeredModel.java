package io.github.smartaug.nn;

import io.github.smartaug.tensor.ImageShape;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A model made of layers.
 *
 * @param input shape of the images
 * @param classes number of classes, at least 1
 * @param memoryFormat order of the images' values inside the network
 * @param network from images [B,C,H,W] to logits [B,classes]
 */
public record LayeredModel(ImageShape input, int classes, MemoryFormat memoryFormat, Layer network)
    implements Model {
  /** Checks the number of classes. */
  public LayeredModel {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + ", allowed: at least 1");
    }
  }

  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    requireInputShape(images);
    try (Scope scope = Scope.open()) {
      ForwardPass pass = ForwardPass.begin(parameters, buffers, mode);
      Tensor logits = scope.keep(network.forward(memoryFormat.arrange(images), pass));
      return new Output(
          logits, mode instanceof Mode.Training ? scope.keep(pass.buffers()) : buffers);
    }
  }

  private void requireInputShape(Tensor images) {
    boolean fits =
        images.dim() == 4
            && images.size(1) == input.channels()
            && images.size(2) == input.height()
            && images.size(3) == input.width();
    if (!fits) {
      throw new IllegalArgumentException(
          "images of shape %s, allowed: [B, %d, %d, %d]"
              .formatted(
                  Tensors.shapeText(images), input.channels(), input.height(), input.width()));
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return network.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return network.initialBuffers();
  }
}
