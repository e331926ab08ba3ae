package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.random.RandomStream;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/** What is done to images. May be used by several threads at a time. */
sealed interface ImageOperation permits TransformOperation, PolicyOperation {
  /**
   * The operation that the options ask for; its tensors are in the current scope.
   *
   * @throws IllegalArgumentException if a name, a file or a value is wrong
   */
  static ImageOperation of(ApplyOptions options) throws IOException {
    return options.policy().isPresent()
        ? PolicyOperation.read(options.policy().get(), options::sampling)
        : TransformOperation.of(options);
  }

  /**
   * Applies it.
   *
   * @param images float32 [B,C,H,W] in [0,1]
   * @param first position of the first of these images among all that there are
   * @param random where all draws come from
   * @return [B,C,H,W] in [0,1]
   * @throws IllegalArgumentException if the images are not of a kind that it takes
   */
  Tensor apply(Tensor images, int first, RandomStream random);

  /**
   * Checks that there is a value for every image.
   *
   * @param count number of all images
   * @param where they are, for messages
   */
  void requireImages(int count, String where);

  /**
   * Checks that images of so many channels are taken, whatever is drawn.
   *
   * @throws IllegalArgumentException if not
   */
  void requireChannels(int channels);
}
