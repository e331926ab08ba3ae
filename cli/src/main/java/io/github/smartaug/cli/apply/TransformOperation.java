package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.SeededTransform;
import io.github.smartaug.transform.Transform;
import io.github.smartaug.transform.Transforms;
import java.io.IOException;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One transform with given values.
 *
 * @param values zeros if the transform takes none
 * @param sampling how pixels are read where they are moved
 */
record TransformOperation(Transform transform, ImageValues values, Sampling sampling)
    implements ImageOperation {
  static TransformOperation of(ApplyOptions options) throws IOException {
    Transform transform = Transforms.named(options.transform());
    ImageValues values = values(transform, options);
    values.requireAllowed(transform, options.transform());
    return new TransformOperation(transform, values, options.sampling(Sampling.DEFAULT));
  }

  private static ImageValues values(Transform transform, ApplyOptions options) throws IOException {
    boolean given = options.value().isPresent() || options.values().isPresent();
    if (given != transform.usesValue()) {
      throw new IllegalArgumentException(
          given
              ? "--transform " + options.transform() + " takes no value"
              : "--transform "
                  + options.transform()
                  + " needs --value or --values, allowed: "
                  + ImageValues.allowed(transform));
    }
    return options.values().isPresent()
        ? ValuePerImage.read(options.values().get())
        : new SameValue(options.value().orElse(0));
  }

  @Override
  public Tensor apply(Tensor images, int first, RandomStream random) {
    int count = Math.toIntExact(images.size(0));
    try (TensorScope scope = TensorScope.open()) {
      Tensor own = Tensors.constant(values.of(first, count), images, count);
      Tensor result =
          transform instanceof SeededTransform seeded
              ? seeded.apply(
                  images,
                  own,
                  LongStream.generate(random::nextLong).limit(count).toArray(),
                  sampling)
              : transform.apply(images, own, sampling);
      return scope.keep(result);
    }
  }

  @Override
  public void requireImages(int count, String where) {
    values.requireCount(count, where);
  }

  @Override
  public void requireChannels(int channels) {
    try (TensorScope scope = TensorScope.open()) {
      transform.apply(torch.zeros(1, channels, 2, 2), torch.ones(1));
    }
  }
}
