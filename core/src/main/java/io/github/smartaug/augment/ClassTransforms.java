package io.github.smartaug.augment;

import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.ArrayList;
import java.util.List;

/** The transforms of a set once for each class, so that each class has magnitudes of its own. */
final class ClassTransforms {
  private ClassTransforms() {}

  /** The set itself for one class, else C times as many transforms, class by class. */
  static TransformSet of(TransformSet transforms, int classes) {
    if (classes == 1) {
      return transforms;
    }
    List<NamedTransform> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      for (NamedTransform named : transforms.transforms()) {
        all.add(
            new NamedTransform(
                named.name() + " of class " + c, named.transform(), named.mapping()));
      }
    }
    return new TransformSet(transforms.name(), all).withSampling(transforms.sampling());
  }
}
