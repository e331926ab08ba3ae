package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  @Test
  void enlarging_interpolates_between_pixel_centres() {
    assertThat(row(resize(image(1, 2, 0, 100), 1, 4))).containsExactly(0, 25, 75, 100);
  }

  @Test
  void halving_weighs_one_three_three_one() {
    DecodedImage halved = resize(image(1, 8, 0, 0, 0, 200, 100, 0, 0, 0), 1, 4);

    // (1 * 0 + 3 * 0 + 3 * 200 + 1 * 100) / 8 = 87.5 and (1 * 200 + 3 * 100 + 0 + 0) / 8 = 62.5
    assertThat(row(halved)).containsExactly(0, 88, 63, 0);
  }

  @Test
  void at_the_border_the_filter_is_cut_off_and_its_rest_sums_to_one() {
    // (3 * 70 + 3 * 0 + 1 * 140) / 7
    assertThat(row(resize(image(1, 4, 70, 0, 140, 0), 1, 2))).startsWith(50);
  }

  @Test
  void a_checkerboard_shrinks_to_grey_instead_of_aliasing() {
    int[] board = new int[64 * 64];
    for (int i = 0; i < board.length; i++) {
      board[i] = (i / 64 + i) % 2 * 255;
    }

    assertThat(row(resize(image(64, 64, board), 8, 8)))
        .allSatisfy(value -> assertThat(value).isBetween(126, 129));
  }

  @Test
  void one_colour_stays_that_colour_whatever_the_size() {
    int[] white = new int[7 * 13];
    Arrays.fill(white, 255);

    for (int side : new int[] {1, 5, 13, 32, 100}) {
      assertThat(row(resize(image(7, 13, white), side, side)))
          .hasSize(side * side)
          .containsOnly(255);
    }
  }

  @Test
  void rows_and_columns_are_not_confused_and_channels_do_not_mix() {
    byte[] pixels = new byte[3 * 2 * 1];
    pixels[1] = 100;
    pixels[4] = 40;
    DecodedImage tall = new DecodedImage(new ImageShape(3, 2, 1), pixels);

    DecodedImage resized = Resampler.resize(tall, 4, 1);

    assertThat(resized.shape()).isEqualTo(new ImageShape(3, 4, 1));
    assertThat(row(resized)).containsExactly(0, 25, 75, 100, 0, 0, 0, 0, 40, 30, 10, 0);
  }

  /**
   * An image of one row is filtered by itself, and its row is left alone by the other direction.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 9})
  void rows_are_the_same_filtered_together_or_each_by_itself(int height) {
    RandomStream random = RandomStream.seeded(1);
    byte[] pixels = new byte[3 * height * 50];
    random.nextBytes(pixels);

    for (int width : new int[] {7, 23, 49, 81}) {
      byte[] together =
          Resampler.resize(new DecodedImage(new ImageShape(3, height, 50), pixels), height, width)
              .pixels();
      for (int row = 0; row < 3 * height; row++) {
        byte[] alone = Arrays.copyOfRange(pixels, 50 * row, 50 * (row + 1));
        assertThat(Arrays.copyOfRange(together, width * row, width * (row + 1)))
            .isEqualTo(
                Resampler.resize(new DecodedImage(new ImageShape(1, 1, 50), alone), 1, width)
                    .pixels());
      }
    }
  }

  /** So that nothing that is remembered of images changes without notice. */
  @Test
  void results_stay_the_same_bits() {
    byte[] pixels = new byte[3 * 75 * 100];
    RandomStream.seeded(1).nextBytes(pixels);

    DecodedImage resized =
        Resampler.resize(new DecodedImage(new ImageShape(3, 75, 100), pixels), 45, 44);

    assertThat(Arrays.hashCode(resized.pixels())).isEqualTo(-1_548_158_224);
  }

  @Test
  void an_image_of_the_wanted_size_is_left_alone() {
    DecodedImage image = image(2, 2, 1, 2, 3, 4);

    assertThat(resize(image, 2, 2)).isSameAs(image);
  }

  @Test
  void image_sizes_out_of_range_are_refused() {
    for (int side : new int[] {-1, 0, 4097}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Resizing.toSquare(side))
          .withMessage("image size: " + side + ", allowed: 1..4096 pixels");
    }
  }

  private static DecodedImage resize(DecodedImage image, int height, int width) {
    return Resampler.resize(image, height, width);
  }

  private static DecodedImage image(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new DecodedImage(new ImageShape(1, height, width), pixels);
  }

  private static Integer[] row(DecodedImage image) {
    Integer[] values = new Integer[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[i] & 0xff;
    }
    return values;
  }
}
