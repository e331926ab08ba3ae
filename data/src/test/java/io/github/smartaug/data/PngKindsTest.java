package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right pixels from PNG files of every colour type and depth, interlaced and not. */
class PngKindsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void greys_of_every_depth_are_scaled_to_eight_bits(int bits) {
    int largest = (1 << bits) - 1;
    PngFile file = new PngFile(13, 9, bits, PngFile.GREY);
    PngFile.Samples samples = (x, y, band) -> (x * 4099 + y * 257) & largest;

    DecodedImage decoded = decode(file.of(samples));

    assertThat(decoded.shape()).isEqualTo(new ImageShape(1, 9, 13));
    for (int i = 0; i < 9 * 13; i++) {
      double exact = samples.at(i % 13, i / 13, 0) * 255.0 / largest;
      assertThat(decoded.pixels()[i] & 0xFF).isEqualTo((int) Math.round(exact));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void colours_of_both_depths_are_scaled_to_eight_bits(int bits) {
    int largest = (1 << bits) - 1;
    PngFile file = new PngFile(13, 9, bits, PngFile.RGB);
    PngFile.Samples samples = (x, y, band) -> (x * 4099 + y * 257 + band * 21_611) & largest;

    DecodedImage decoded = decode(file.of(samples));

    assertThat(decoded.shape()).isEqualTo(new ImageShape(3, 9, 13));
    for (int i = 0; i < 3 * 9 * 13; i++) {
      int pixel = i % (9 * 13);
      double exact = samples.at(pixel % 13, pixel / 13, i / (9 * 13)) * 255.0 / largest;
      assertThat(decoded.pixels()[i] & 0xFF).isEqualTo((int) Math.round(exact));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0", "2, 0", "4, 0", "8, 0", "16, 0", "8, 2", "16, 2", "2, 3", "8, 3", "8, 4", "16, 4",
    "8, 6", "16, 6"
  })
  void interlaced_files_have_the_same_pixels(int bits, int kind) {
    int largest = kind == PngFile.PALETTE ? 3 : (1 << bits) - 1;
    PngFile.Samples samples = (x, y, band) -> (x * 4099 + y * 257 + band * 21_611) & largest;

    DecodedImage plain = decode(kind(17, 11, bits, kind).of(samples));
    DecodedImage interlaced = decode(kind(17, 11, bits, kind).interlaced().of(samples));

    assertThat(interlaced.shape()).isEqualTo(plain.shape());
    assertThat(interlaced.pixels()).isEqualTo(plain.pixels());
    DecodedImage single = decode(kind(1, 1, bits, kind).interlaced().of(samples));
    assertThat(single.pixels()[0]).isEqualTo(plain.pixels()[0]);
  }

  private static PngFile kind(int width, int height, int bits, int kind) {
    PngFile file = new PngFile(width, height, bits, kind);
    return kind == PngFile.PALETTE
        ? file.with("PLTE", 1, 2, 3, 50, 60, 70, 200, 210, 220, 255, 0, 9)
        : file;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void a_palette_with_alpha_is_laid_over_white(int bits) {
    PngFile file =
        new PngFile(3, 1, bits, PngFile.PALETTE)
            .with("PLTE", 10, 20, 30, 0, 255, 100)
            .with("tRNS", 255, 100);

    assertThat(decode(file.of((x, y, band) -> x & 1)).pixels())
        .isEqualTo(bytes(10, 155, 10, 20, 255, 20, 30, 194, 30));
  }

  @Test
  void a_palette_of_greys_with_alpha_stays_grey() {
    PngFile file =
        new PngFile(2, 1, 1, PngFile.PALETTE).with("PLTE", 9, 9, 9, 0, 0, 0).with("tRNS", 255, 55);

    assertThat(decode(file.of((x, y, band) -> x)).pixels()).isEqualTo(bytes(9, 200));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void alpha_of_both_depths_is_laid_over_white(int bits) {
    int scale = bits == 8 ? 1 : 257;
    int[][] pixels = {{10, 20, 30, 255}, {0, 255, 128, 100}, {1, 2, 3, 0}};
    byte[] colours =
        new PngFile(3, 1, bits, PngFile.RGB_ALPHA).of((x, y, band) -> scale * pixels[x][band]);
    byte[] greys =
        new PngFile(3, 1, bits, PngFile.GREY_ALPHA)
            .of((x, y, band) -> scale * pixels[x][band == 0 ? 0 : 3]);

    assertThat(decode(colours).pixels()).isEqualTo(bytes(10, 155, 255, 20, 255, 255, 30, 205, 255));
    assertThat(decode(greys).pixels()).isEqualTo(bytes(10, 155, 255));
  }

  @Test
  void the_one_colour_that_is_transparent_becomes_white() {
    byte[] grey = new PngFile(3, 1, 8, PngFile.GREY).with("tRNS", 0, 7).of((x, y, band) -> 6 + x);
    byte[] few = new PngFile(3, 1, 2, PngFile.GREY).with("tRNS", 0, 1).of((x, y, band) -> x);
    byte[] deep =
        new PngFile(3, 1, 16, PngFile.GREY).with("tRNS", 7, 7).of((x, y, band) -> 257 * (6 + x));
    byte[] colours =
        new PngFile(3, 1, 8, PngFile.RGB)
            .with("tRNS", 0, 7, 0, 8, 0, 9)
            .of((x, y, band) -> 6 + x + band);
    byte[] deepColours =
        new PngFile(3, 1, 16, PngFile.RGB)
            .with("tRNS", 7, 7, 8, 8, 9, 9)
            .of((x, y, band) -> 257 * (6 + x + band));

    assertThat(decode(grey).pixels()).isEqualTo(bytes(6, 255, 8));
    assertThat(decode(few).pixels()).isEqualTo(bytes(0, 255, 170));
    assertThat(decode(deep).pixels()).isEqualTo(bytes(6, 255, 8));
    for (byte[] file : new byte[][] {colours, deepColours}) {
      assertThat(decode(file).pixels()).isEqualTo(bytes(6, 255, 8, 7, 255, 9, 8, 255, 10));
    }
  }

  @Test
  void what_is_said_of_gamma_and_background_does_not_change_pixels() {
    byte[] file =
        new PngFile(3, 1, 8, PngFile.GREY)
            .with("gAMA", 0, 1, 0x86, 0xA0)
            .with("bKGD", 0, 100)
            .of((x, y, band) -> 64 * x);

    assertThat(decode(file).pixels()).isEqualTo(bytes(0, 64, 128));
  }

  @Test
  void of_an_animation_the_picture_outside_it_is_read() {
    byte[] file =
        new PngFile(3, 1, 8, PngFile.GREY)
            .with("acTL", 0, 0, 0, 2, 0, 0, 0, 0)
            .of((x, y, band) -> 64 * x);

    assertThat(decode(file).pixels()).isEqualTo(bytes(0, 64, 128));
  }

  private DecodedImage decode(byte[] file) {
    Path path = folder.resolve("image.png");
    TestData.write(path, file);
    return ImageDecoder.decode(path);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
