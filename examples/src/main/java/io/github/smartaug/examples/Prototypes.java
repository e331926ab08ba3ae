package io.github.smartaug.examples;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.Initializer;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ModelType;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A model without layers: it learns one image per class and says which of them an image is nearest
 * to. Its parameter is {@code images} [classes,C*H*W].
 *
 * @param input shape of the images
 * @param classes number of classes
 */
public record Prototypes(ImageShape input, int classes) implements Model {
  /** The model under a name. */
  public record Type() implements ModelType {
    @Override
    public String name() {
      return "prototypes";
    }

    @Override
    public String description() {
      return "one image per class, of which the nearest is the answer";
    }

    @Override
    public Model create(ImageShape input, int classes) {
      return new Prototypes(input, classes);
    }
  }

  /** Logits are the negative mean squared differences, less what all classes have in common. */
  @Override
  public Output forward(Tensor images, NamedTensors parameters, NamedTensors buffers, Mode mode) {
    input.requireBatch(images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor prototypes = parameters.get("images");
      Tensor products = images.flatten(1, -1).matmul(prototypes.t());
      Tensor squares = prototypes.square().sum(1);
      Tensor logits = products.mul(new Scalar(2.0)).sub(squares).div(new Scalar((double) pixels()));
      return new Output(scope.keep(logits), buffers);
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return NamedTensors.of("images", Initializer.normal(0.1).draw(random, classes, pixels()));
  }

  @Override
  public NamedTensors initialBuffers() {
    return NamedTensors.empty();
  }

  private int pixels() {
    return input.channels() * input.height() * input.width();
  }
}
