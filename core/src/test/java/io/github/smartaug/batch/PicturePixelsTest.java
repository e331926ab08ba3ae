package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The levels of pictures of every type that Java has, and of some that it has no name for. */
class PicturePixelsTest {
  @Test
  void premultiplied_colours_are_laid_over_white_as_others_are() {
    for (int type :
        new int[] {BufferedImage.TYPE_4BYTE_ABGR_PRE, BufferedImage.TYPE_INT_ARGB_PRE}) {
      BufferedImage picture = new BufferedImage(3, 1, type);
      set(picture, 0, 0, 0, 0, 0);
      set(picture, 1, 50, 0, 100, 100);
      set(picture, 2, 10, 20, 30, 255);

      assertColours(picture, 255, 205, 10, 255, 155, 20, 255, 255, 30);
    }
  }

  @Test
  void alpha_is_laid_over_white() {
    for (int type : new int[] {BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_INT_ARGB}) {
      BufferedImage picture = new BufferedImage(3, 1, type);
      set(picture, 0, 9, 9, 9, 0);
      set(picture, 1, 0, 255, 128, 100);
      set(picture, 2, 10, 20, 30, 255);

      assertColours(picture, 255, 155, 10, 255, 255, 20, 255, 205, 30);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB
      })
  void colours_keep_their_levels_whatever_their_order_in_memory(int type) {
    BufferedImage picture = new BufferedImage(2, 1, type);
    picture.setRGB(0, 0, 0xFF0A1440);
    picture.setRGB(1, 0, 0xFFFF8001);

    assertColours(picture, 0x0A, 0xFF, 0x14, 0x80, 0x40, 0x01);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_USHORT_555_RGB})
  void colours_of_fewer_bits_are_scaled(int type) {
    BufferedImage picture = new BufferedImage(2, 1, type);
    int greens = type == BufferedImage.TYPE_USHORT_565_RGB ? 63 : 31;
    set(picture, 0, 31, greens, 31);
    set(picture, 1, 16, 0, 1);

    assertColours(picture, 255, 132, 255, 0, 255, 8);
  }

  @Test
  void greys_keep_their_levels() {
    BufferedImage bytes = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage shorts = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int x = 0; x < 3; x++) {
      set(bytes, x, 64 * x);
      set(shorts, x, 257 * 64 * x);
    }

    assertGreys(bytes, 0, 64, 128);
    assertGreys(shorts, 0, 64, 128);
  }

  @Test
  void black_and_white_are_0_and_255() {
    BufferedImage picture = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    set(picture, 8, 1);

    assertGreys(picture, 0, 0, 0, 0, 0, 0, 0, 0, 255);
  }

  @Test
  void a_palette_of_greys_is_grey_and_one_with_a_colour_is_not() {
    byte[] red = {7, 64, (byte) 200};
    byte[] blue = {7, 64, 100};
    byte[] alpha = {-1, -1, 0};

    assertGreys(indexed(new IndexColorModel(8, 3, red, red, red)), 7, 64, 200);
    assertGreys(indexed(new IndexColorModel(8, 3, red, red, red, alpha)), 7, 64, 255);
    assertColours(
        indexed(new IndexColorModel(8, 3, red, red, blue)), 7, 64, 200, 7, 64, 200, 7, 64, 100);
    assertColours(
        indexed(new IndexColorModel(8, 3, red, red, blue, alpha)),
        7,
        64,
        255,
        7,
        64,
        255,
        7,
        64,
        255);
  }

  @Test
  void the_java_palette_of_indexed_pictures_gives_its_colours() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    picture.setRGB(0, 0, 0xFFFF0033);
    picture.setRGB(1, 0, 0xFFCCFF00);

    assertColours(picture, 0xFF, 0xCC, 0, 0xFF, 0x33, 0);
  }

  @Test
  void grey_with_alpha_stays_grey_over_white() {
    BufferedImage picture = custom(3, ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE, false);
    set(picture, 0, 64, 255);
    set(picture, 1, 0, 155);
    set(picture, 2, 64, 0);

    assertGreys(picture, 64, 100, 255);
  }

  @Test
  void fractions_and_numbers_with_signs_are_scaled_and_cut_off() {
    for (int type :
        new int[] {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE, DataBuffer.TYPE_SHORT}) {
      double one = type == DataBuffer.TYPE_SHORT ? Short.MAX_VALUE : 1;
      BufferedImage grey = custom(3, ColorSpace.CS_GRAY, false, type, false);
      grey.getRaster().setSample(0, 0, 0, one);
      grey.getRaster().setSample(1, 0, 0, one * 64 / 255);
      grey.getRaster().setSample(2, 0, 0, -one);
      BufferedImage halved = custom(1, ColorSpace.CS_sRGB, true, type, true);
      halved.getRaster().setPixel(0, 0, new double[] {one / 5, 0, one / 5, one / 5});

      assertGreys(grey, 255, 64, 0);
      assertColours(halved, 255, 204, 255);
    }
  }

  @Test
  void colours_of_sixteen_bits_in_any_space_of_red_green_and_blue_are_taken_as_stored() {
    BufferedImage picture =
        custom(1, ColorSpace.CS_LINEAR_RGB, false, DataBuffer.TYPE_USHORT, false);
    set(picture, 0, 257 * 64, 257 * 128 + 100, 65_535);

    assertColours(picture, 64, 128, 255);
  }

  @Test
  void colours_that_are_not_red_green_and_blue_are_converted() {
    BufferedImage picture = custom(1, ColorSpace.CS_CIEXYZ, false, DataBuffer.TYPE_BYTE, false);
    set(picture, 0, 0, 0, 0);

    assertColours(picture, 0, 0, 0);
    set(picture, 0, 123, 128, 105); // about white, as a printed page has it (D50)
    byte[] white = PicturePixels.of(picture).levels();
    for (byte level : white) {
      assertThat(level & 0xFF).isGreaterThan(245);
    }
  }

  @Test
  void part_of_a_picture_has_the_pixels_of_that_part() {
    BufferedImage picture = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
    set(picture, 0, 1);
    picture.getRaster().setSample(2, 1, 0, 64);
    picture.getRaster().setSample(3, 1, 0, 65);

    assertGreys(picture.getSubimage(2, 1, 2, 1), 64, 65);
  }

  @Test
  void part_of_a_picture_with_colours_has_the_pixels_of_that_part() {
    BufferedImage picture = new BufferedImage(4, 3, BufferedImage.TYPE_3BYTE_BGR);
    picture.setRGB(2, 1, 0x010203);
    picture.setRGB(3, 1, 0x040506);
    picture.setRGB(2, 2, 0x070809);
    picture.setRGB(3, 2, 0x0A0B0C);

    PicturePixels part = PicturePixels.of(picture.getSubimage(2, 1, 2, 2));

    assertThat(part.shape()).isEqualTo(new ImageShape(3, 2, 2));
    assertThat(part.levels()).containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
  }

  @Test
  void fewer_bits_than_their_numbers_have_room_for_count() {
    ColorModel five = new DirectColorModel(15, 0x7C00, 0x03E0, 0x001F);
    BufferedImage picture =
        new BufferedImage(five, five.createCompatibleWritableRaster(1, 1), false, null);
    set(picture, 0, 31, 0, 16);

    assertColours(picture, 255, 0, 132);
  }

  private static void set(BufferedImage picture, int x, int... samples) {
    picture.getRaster().setPixel(x, 0, samples);
  }

  private static BufferedImage indexed(IndexColorModel palette) {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int x = 0; x < 3; x++) {
      set(picture, x, x);
    }
    return picture;
  }

  private static BufferedImage custom(
      int width, int space, boolean alpha, int type, boolean premultiplied) {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            premultiplied,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            type);
    WritableRaster raster = model.createCompatibleWritableRaster(width, 1);
    return new BufferedImage(model, raster, premultiplied, null);
  }

  private static void assertGreys(BufferedImage picture, int... levels) {
    assertLevels(picture, 1, levels);
  }

  private static void assertColours(BufferedImage picture, int... levels) {
    assertLevels(picture, 3, levels);
  }

  private static void assertLevels(BufferedImage picture, int channels, int... levels) {
    PicturePixels pixels = PicturePixels.of(picture);
    assertThat(pixels.shape()).isEqualTo(new ImageShape(channels, 1, picture.getWidth()));
    byte[] expected = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      expected[i] = (byte) levels[i];
    }
    assertThat(pixels.levels()).isEqualTo(expected);
  }
}
