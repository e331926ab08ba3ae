package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.options.PreviewOptions;
import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import java.awt.Dimension;
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
      Resizing reading = Resizing.shrinkingTo(LONGEST_SIDE);
      DecodedImage shown =
          ImageDecoder.decode(file, reading.acceptingUpTo(options.reading().mostPixels()));
      Dimension size = ImageDecoder.size(file);
      return described(shown, file.getFileName().toString(), size.width + "x" + size.height);
    }
    DatasetBundle data =
        Datasets.load(
            options.dataset().orElse(DEFAULT_DATASET), options.reading(), BadImages.LEAVE_OUT);
    return firstOf(data.training(), data.name());
  }

  static PreviewImage firstOf(ImageDataset images, String source) {
    DecodedImage first = DecodedImage.of(images, 0);
    return described(
        first.shrunkTo(LONGEST_SIDE), "the first training image of " + source, first.sizeText());
  }

  private static PreviewImage described(DecodedImage shown, String name, String originalSize) {
    String size = name + ", " + originalSize + " pixels";
    return new PreviewImage(
        shown,
        shown.sizeText().equals(originalSize)
            ? size
            : size + ", shrunk to " + shown.sizeText() + " before it is transformed");
  }
}
