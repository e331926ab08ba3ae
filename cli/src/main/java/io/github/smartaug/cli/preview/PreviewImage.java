package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.options.PreviewOptions;
import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDecoder;
import java.nio.file.Path;

/**
 * The picture that is transformed, shrunk to the size at which it is shown.
 *
 * @param image in that size
 * @param description where it comes from and its size, for people
 */
record PreviewImage(DecodedImage image, String description) {
  private static final int LONGEST_SIDE = 128;
  private static final String DEFAULT_DATASET = "fashion-mnist-mini";

  static PreviewImage of(PreviewOptions options) {
    if (options.image().isPresent()) {
      Path file = options.image().get();
      return shrunk(ImageDecoder.decode(file, options.reading()), file.getFileName().toString());
    }
    DatasetBundle data =
        Datasets.load(
            options.dataset().orElse(DEFAULT_DATASET), options.reading(), BadImages.LEAVE_OUT);
    return shrunk(
        DecodedImage.of(data.training(), 0), "the first training image of " + data.name());
  }

  private static PreviewImage shrunk(DecodedImage original, String name) {
    DecodedImage shown = original.shrunkTo(LONGEST_SIDE);
    String size = name + ", " + original.sizeText() + " pixels";
    return new PreviewImage(
        shown,
        shown.sizeText().equals(original.sizeText())
            ? size
            : size + ", shrunk to " + shown.sizeText() + " before it is transformed");
  }
}
