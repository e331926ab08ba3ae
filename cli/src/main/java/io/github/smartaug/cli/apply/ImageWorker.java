package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.ImageEncoder;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Reads an image file, applies the operation, and writes the results. */
final class ImageWorker {
  private final ImageOperation operation;
  private final Resizing reading;
  private final long seed;

  ImageWorker(ImageOperation operation, ApplyOptions options) {
    this.operation = operation;
    this.reading = options.reading();
    this.seed = options.seed();
  }

  /**
   * Works on one image. Nothing is written before all results are there.
   *
   * @throws IllegalArgumentException if the image is damaged or not of a kind that the operation
   *     takes; the message names the file
   * @throws IOException if the results cannot be written
   */
  void process(ImageTask task) throws IOException {
    List<DecodedImage> results = results(ImageDecoder.decode(task.source(), reading), task);
    for (int copy = 0; copy < results.size(); copy++) {
      Path target = task.targets().get(copy);
      Files.createDirectories(target.toAbsolutePath().getParent());
      ImageEncoder.write(target, results.get(copy), ImageFormat.ofName(target).orElseThrow());
    }
  }

  private List<DecodedImage> results(DecodedImage image, ImageTask task) {
    List<DecodedImage> results = new ArrayList<>();
    try (NoGradGuard noGradient = new NoGradGuard()) {
      for (int copy = 1; copy <= task.targets().size(); copy++) {
        results.add(result(image, task, copy));
      }
      return results;
    } catch (RuntimeException e) {
      // libtorch's own errors, too: whatever is wrong with one image must not end the others.
      throw new IllegalArgumentException(
          task.source() + ": " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  private DecodedImage result(DecodedImage image, ImageTask task, int copy) {
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = draws(seed, task.name(), copy);
      Tensor result = operation.apply(image.toTensor(), task.position(), random);
      return DecodedImage.of(result);
    }
  }

  /** The draws of one copy of one input, the same whatever other inputs and copies there are. */
  static RandomStream draws(long seed, String name, int copy) {
    return RandomStream.of(seed, "apply/" + copy + "/" + name);
  }
}
