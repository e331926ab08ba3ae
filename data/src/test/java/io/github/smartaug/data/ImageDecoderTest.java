package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  @TempDir Path folder;

  @Test
  void a_colour_png_becomes_planes_of_red_green_and_blue_row_by_row() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, (10 + i) << 16 | (100 + i) << 8 | (200 + i));
    }

    DecodedImage decoded = decode("png", image);

    assertThat(decoded.shape()).isEqualTo(new ImageShape(3, 2, 3));
    assertThat(decoded.pixels())
        .isEqualTo(
            bytes(
                10, 11, 12, 13, 14, 15, 100, 101, 102, 103, 104, 105, 200, 201, 202, 203, 204,
                205));
  }

  @Test
  void a_grey_png_keeps_its_values_in_one_channel() {
    BufferedImage image = TestData.grey(4, 1, 0);
    image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 50, 128, 255});

    DecodedImage decoded = decode("png", image);

    assertThat(decoded.shape()).isEqualTo(new ImageShape(1, 1, 4));
    assertThat(decoded.pixels()).isEqualTo(bytes(0, 50, 128, 255));
  }

  @Test
  void sixteen_bit_greys_are_scaled_to_eight() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 257 * 77, 65_535});

    assertThat(decode("png", image).pixels()).isEqualTo(bytes(0, 77, 255));
  }

  @Test
  void black_and_white_images_of_one_bit_are_grey() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(1, 0, 0, 1);

    DecodedImage decoded = decode("png", image);

    assertThat(decoded.shape().channels()).isEqualTo(1);
    assertThat(decoded.pixels()).isEqualTo(bytes(0, 255));
  }

  @Test
  void a_palette_of_colours_gives_three_channels() {
    byte[] red = bytes(10, 250);
    byte[] green = bytes(20, 240);
    byte[] blue = bytes(30, 230);
    BufferedImage image =
        new BufferedImage(
            2, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 2, red, green, blue));
    image.getRaster().setSample(0, 0, 0, 1);

    assertThat(decode("png", image).pixels()).isEqualTo(bytes(250, 10, 240, 20, 230, 30));
  }

  @Test
  void transparency_is_laid_over_white() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0xff102030);
    image.setRGB(2, 0, 0x80000000);

    assertThat(decode("png", image).pixels())
        .isEqualTo(bytes(255, 0x10, 127, 255, 0x20, 127, 255, 0x30, 127));
  }

  @Test
  void a_grey_jpeg_has_one_channel_and_a_colour_jpeg_three() {
    DecodedImage grey = decode("jpg", TestData.grey(8, 8, 100));
    DecodedImage colour =
        decode("jpg", TestData.filled(BufferedImage.TYPE_3BYTE_BGR, 8, 8, 0xff3264c8));

    assertThat(grey.shape()).isEqualTo(new ImageShape(1, 8, 8));
    assertThat(grey.pixels()).containsOnly(100);
    assertThat(colour.shape()).isEqualTo(new ImageShape(3, 8, 8));
    // JPEG rounds in its own colour space: a step or two.
    assertThat(colour.pixels()[0] & 0xff).isBetween(0x32 - 2, 0x32 + 2);
    assertThat(colour.pixels()[64] & 0xff).isBetween(0x64 - 2, 0x64 + 2);
    assertThat(colour.pixels()[128] & 0xff).isBetween(0xc8 - 2, 0xc8 + 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void a_file_that_is_cut_short_is_refused_and_named(String format) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, i * 2_654_435);
    }
    byte[] whole = TestData.encode(format, image);
    Path file = folder.resolve("cut." + format);
    for (int length : new int[] {0, 10, whole.length / 2, whole.length * 9 / 10}) {
      TestData.write(file, Arrays.copyOf(whole, length));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> ImageDecoder.decode(file))
          .withMessageContaining(file.toString())
          .withMessageContaining("allowed: a whole PNG, JPEG, BMP, GIF, TIFF or WebP image");
    }
  }

  @Test
  void a_file_that_is_no_image_is_refused_and_named() {
    Path file = folder.resolve("text.png");
    TestData.write(file, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageDecoder.decode(file))
        .withMessageContaining(file.toString())
        .withMessageContaining("unknown format");
  }

  private DecodedImage decode(String format, BufferedImage image) {
    Path file = folder.resolve("image." + format);
    TestData.write(file, format, image);
    return ImageDecoder.decode(file);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
