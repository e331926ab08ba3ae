package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Layers one after the other; without layers, the identity.
 *
 * @param layers in the order in which they are applied
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** The given layers, in the order in which they are applied. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    Tensor current = new Tensor(input);
    boolean givenAway = false;
    for (Layer layer : layers) {
      // Closed at once, so that evaluation holds two activations at a time and not all of them.
      try (Tensor previous = current) {
        current = givenAway ? pass.applyLast(layer, previous) : pass.apply(layer, previous);
      }
      givenAway = layer.givesOutputAway();
    }
    return current;
  }

  @Override
  public boolean givesOutputAway() {
    return !layers.isEmpty() && layers.get(layers.size() - 1).givesOutputAway();
  }

  @Override
  public boolean isLinearizable() {
    return layers.stream().allMatch(Layer::isLinearizable);
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    Tensor current = new Tensor(inputTangent);
    for (Layer layer : layers) {
      try (Tensor previous = current) {
        current = pass.apply(layer, previous);
      }
    }
    return current;
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    NamedTensors parameters = NamedTensors.empty();
    for (Layer layer : layers) {
      parameters = parameters.with(layer.initialParameters(random));
    }
    return parameters;
  }

  @Override
  public NamedTensors initialBuffers() {
    NamedTensors buffers = NamedTensors.empty();
    for (Layer layer : layers) {
      buffers = buffers.with(layer.initialBuffers());
    }
    return buffers;
  }
}
