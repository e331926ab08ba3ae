package io.github.smartaug.cli.predict;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.cli.images.ArrayImages;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The images of a .npy file.
 *
 * @param file its name
 * @param images float32 [B,C,H,W] in [0,1]
 */
record ArraySource(String file, Tensor images) implements ImageSource {
  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it does not hold images of that shape: numbers are not
   *     resized, because that would round them to the levels of image files
   */
  static ArraySource read(Path file, ImageShape shape) throws IOException {
    Tensor images = ArrayImages.read(file);
    if (images.size(1) != shape.channels()
        || images.size(2) != shape.height()
        || images.size(3) != shape.width()) {
      throw new IllegalArgumentException(
          "%s: shape %s, allowed: [B, %d, %d, %d], which the model takes"
              .formatted(
                  file,
                  Tensors.shapeText(images),
                  shape.channels(),
                  shape.height(),
                  shape.width()));
    }
    return new ArraySource(file.getFileName().toString(), images);
  }

  @Override
  public int size() {
    return Math.toIntExact(images.size(0));
  }

  @Override
  public int longestName() {
    return name(size() - 1).length();
  }

  @Override
  public List<Path> hidden() {
    return List.of();
  }

  @Override
  public List<String> bad() {
    return List.of();
  }

  @Override
  public LoadedImages load(int first, int end) {
    return new LoadedImages(
        IntStream.range(first, end).mapToObj(this::name).toList(),
        Optional.of(images.narrow(0, first, end - first)),
        List.of());
  }

  private String name(int index) {
    return file + "[" + index + "]";
  }
}
