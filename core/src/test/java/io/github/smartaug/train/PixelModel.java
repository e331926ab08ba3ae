package io.github.smartaug.train;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** A model without parameters, whose logits are the pixels of images 1x1xclasses. */
public record PixelModel(int classes) implements Model {
  public static final Normalization AS_THEY_ARE = new Normalization(List.of(0.0), List.of(1.0));

  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    try (TensorScope scope = TensorScope.open()) {
      return new Output(scope.keep(images.reshape(images.size(0), classes)), buffers);
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return NamedTensors.empty();
  }

  @Override
  public NamedTensors initialBuffers() {
    return NamedTensors.empty();
  }

  @Override
  public ImageShape input() {
    return new ImageShape(1, 1, classes);
  }
}
