package io.github.smartaug.loss;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.tensor.NamedTensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A policy as a function of the meta parameters. */
final class MetaParameterized {
  private MetaParameterized() {}

  /** The policy with those meta parameters that are its own, or as it is without them. */
  static Augmenter of(Augmenter augmenter, NamedTensors metaParameters) {
    Map<String, Tensor> own = new LinkedHashMap<>(metaParameters.asMap());
    own.keySet().retainAll(augmenter.parameters().names());
    return own.isEmpty() ? augmenter : augmenter.withParameters(NamedTensors.of(own));
  }
}
