package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void a_png_keeps_every_level_of_every_channel(int channels) throws IOException {
    DecodedImage image = image(new ImageShape(channels, 16, 17));
    Path file = folder.resolve("a.png");

    ImageEncoder.write(file, image, ImageFormat.PNG);

    DecodedImage read = ImageDecoder.decode(file);
    assertThat(read.shape()).isEqualTo(image.shape());
    assertThat(read.pixels()).isEqualTo(image.pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void a_jpeg_keeps_flat_areas_and_the_number_of_channels(int channels) throws IOException {
    byte[] flat = new byte[channels * 64];
    Arrays.fill(flat, (byte) 200);
    Path file = folder.resolve("a.jpg");

    ImageEncoder.write(
        file, new DecodedImage(new ImageShape(channels, 8, 8), flat), ImageFormat.JPEG);

    DecodedImage read = ImageDecoder.decode(file);
    assertThat(read.shape().channels()).isEqualTo(channels);
    for (byte level : read.pixels()) {
      assertThat(Byte.toUnsignedInt(level)).isCloseTo(200, within(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, PNG",
    "b/A.JPG, JPEG",
    "x.jpeg, JPEG",
    "x.gif, GIF",
    "x.bmp, BMP",
    "x.tif, TIFF",
    "x.TIFF, TIFF",
    "x.webp, WEBP",
    "x.svg,",
    "png,"
  })
  void a_format_is_known_by_the_name(Path file, ImageFormat format) {
    assertThat(ImageFormat.ofName(file)).isEqualTo(Optional.ofNullable(format));
  }

  @Test
  void an_image_becomes_a_tensor_and_comes_back() {
    DecodedImage image = image(new ImageShape(3, 16, 17));

    try (TensorScope scope = TensorScope.open()) {
      DecodedImage back = DecodedImage.of(image.toTensor());

      assertThat(back.shape()).isEqualTo(image.shape());
      assertThat(back.pixels()).isEqualTo(image.pixels());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100, 50, 20, 20, 10",
    "50, 100, 20, 10, 20",
    "10, 20, 20, 10, 20",
    "300, 1, 3, 3, 1"
  })
  void an_image_is_shrunk_in_proportion_and_never_enlarged(
      int height, int width, int longest, int shrunkHeight, int shrunkWidth) {
    assertThat(image(new ImageShape(1, height, width)).shrunkTo(longest).shape())
        .isEqualTo(new ImageShape(1, shrunkHeight, shrunkWidth));
  }

  private static DecodedImage image(ImageShape shape) {
    return new DecodedImage(shape, TestData.pixels(3, ImageDataset.byteCount(shape)));
  }
}
