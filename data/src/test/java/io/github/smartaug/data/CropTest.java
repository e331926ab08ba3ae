package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Which part of an image is cut out. The numbers are those of torchvision 0.14 with Pillow 9.4 for
 * images whose pixel in row y and column x is {@code (37 y + 53 x + 11 x y) % 256}.
 */
class CropTest {
  private static final int DRAWS = 20_000;

  @Test
  void the_centre_of_a_wide_image_is_that_of_torchvision() {
    // center_crop(resize(image, 8), 7); 2.5 columns at its left are 2, for 2 is even.
    assertNear(
        Resizing.centreCrop(7).apply(pattern(13, 20)),
        new int[] {146, 80, 139, 138, 112, 111, 170},
        new int[] {113, 110, 119, 143, 129, 130, 103},
        new int[] {123, 118, 127, 147, 142, 107, 137},
        new int[] {146, 134, 108, 113, 165, 143, 131},
        new int[] {103, 103, 83, 84, 114, 119, 125},
        new int[] {127, 150, 89, 92, 118, 121, 121},
        new int[] {153, 154, 142, 100, 131, 98, 119});
  }

  @Test
  void one_and_a_half_columns_at_the_left_are_two() {
    assertNear(
        Resizing.centreCrop(7).apply(pattern(9, 12)),
        new int[] {143, 180, 59, 85, 138, 176, 99},
        new int[] {181, 102, 111, 140, 149, 102, 137},
        new int[] {112, 118, 132, 69, 123, 156, 139},
        new int[] {99, 129, 87, 150, 119, 133, 163},
        new int[] {170, 123, 149, 134, 108, 136, 179},
        new int[] {158, 148, 118, 120, 90, 81, 129},
        new int[] {88, 78, 101, 70, 94, 84, 73});
  }

  @Test
  void the_centre_of_a_tall_image_is_that_of_torchvision() {
    assertNear(
        Resizing.centreCrop(7).apply(pattern(20, 13)),
        new int[] {165, 122, 127, 118, 131, 137, 152},
        new int[] {147, 144, 148, 133, 108, 98, 162},
        new int[] {90, 96, 103, 108, 81, 84, 100},
        new int[] {117, 127, 128, 150, 110, 89, 121},
        new int[] {99, 148, 150, 166, 138, 98, 127},
        new int[] {158, 120, 164, 127, 113, 101, 158},
        new int[] {124, 144, 120, 122, 127, 115, 116});
  }

  @Test
  void the_centre_of_a_smaller_image_is_enlarged_as_by_torchvision() {
    assertNear(
        Resizing.centreCrop(7).apply(pattern(3, 4)),
        new int[] {27, 48, 69, 90, 111, 133, 154},
        new int[] {30, 51, 72, 94, 115, 137, 158},
        new int[] {45, 69, 91, 115, 137, 161, 184},
        new int[] {61, 86, 110, 136, 160, 185, 210},
        new int[] {77, 104, 130, 157, 178, 185, 193},
        new int[] {93, 121, 149, 178, 191, 162, 132},
        new int[] {109, 139, 168, 199, 204, 138, 71});
  }

  @Test
  void a_box_that_is_cut_out_is_resized_as_by_torchvision() {
    // resized_crop(image, top=3, left=5, height=9, width=11, size=(4, 4))
    DecodedImage box = pattern(13, 20).cropped(new PixelBox(3, 5, 9, 11));

    assertNear(
        Resampler.resize(box, 4, 4),
        new int[] {127, 139, 127, 120},
        new int[] {108, 104, 144, 130},
        new int[] {118, 93, 115, 124},
        new int[] {146, 112, 111, 124});
  }

  @Test
  void a_part_of_a_resized_image_is_the_same_without_the_rest() {
    DecodedImage image = new DecodedImage(new ImageShape(3, 9, 17), TestData.pixels(1, 459));
    PixelBox box = new PixelBox(2, 5, 6, 4);
    for (int[] size : new int[][] {{12, 11}, {9, 17}, {40, 10}}) {
      DecodedImage whole = Resampler.resize(image, size[0], size[1]);
      DecodedImage part = Resampler.resize(image, size[0], size[1], box);

      assertThat(part.shape()).isEqualTo(new ImageShape(3, 6, 4));
      assertThat(part.pixels()).isEqualTo(whole.cropped(box).pixels());
      assertThat(part.pixels()[1 * 24 + 3 * 4 + 2])
          .isEqualTo(whole.pixels()[1 * size[0] * size[1] + (2 + 3) * size[1] + 5 + 2]);
    }
  }

  @Test
  void squares_of_every_size_are_cut_out_of_images_of_every_size() {
    for (int side : new int[] {1, 2, 7, 32}) {
      for (int[] size : new int[][] {{1, 1}, {1, 300}, {300, 1}, {2, 3}, {33, 32}}) {
        DecodedImage image = pattern(size[0], size[1]);
        ImageShape square = new ImageShape(1, side, side);
        assertThat(Resizing.centreCrop(side).apply(image).shape()).isEqualTo(square);
        for (int i = 0; i < 20; i++) {
          Resizing drawn = Resizing.randomCrop(side).forTraining(RandomStream.of(i, "crop"));
          assertThat(drawn.apply(image).shape()).isEqualTo(square);
        }
      }
    }
  }

  @Test
  void boxes_are_distributed_as_those_of_torchvision() {
    RandomStream random = RandomStream.of(1, "boxes");
    double[] areas = new double[DRAWS];
    double[] ratios = new double[DRAWS];
    double[] tops = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      PixelBox box = RandomCrop.draw(375, 500, random);
      assertThat(box.top()).isBetween(0, 375 - box.height());
      assertThat(box.left()).isBetween(0, 500 - box.width());
      areas[i] = box.height() * box.width() / (500.0 * 375);
      ratios[i] = Math.log((double) box.width() / box.height());
      tops[i] = box.top() / (375.0 - box.height() + 1);
    }

    // 20,000 draws of RandomResizedCrop.get_params for an image of 500x375.
    assertThat(mean(areas)).isEqualTo(0.4348, within(0.006));
    Arrays.sort(areas);
    assertThat(areas[DRAWS / 20]).isEqualTo(0.1144, within(0.005));
    assertThat(areas[DRAWS / 4]).isEqualTo(0.2548, within(0.01));
    assertThat(areas[DRAWS * 3 / 4]).isEqualTo(0.5943, within(0.01));
    assertThat(areas[DRAWS * 19 / 20]).isEqualTo(0.8116, within(0.01));
    assertThat(areas[0]).isGreaterThan(0.079);
    assertThat(mean(ratios)).isEqualTo(0.0315, within(0.005));
    assertThat(Arrays.stream(ratios).map(Math::abs)).allMatch(ratio -> ratio < 0.3);
    assertThat(mean(tops)).isEqualTo(0.4827, within(0.009));
  }

  @Test
  void of_images_that_no_box_fits_into_it_is_the_centre() {
    // Numbers of get_params.
    assertThat(RandomCrop.draw(20, 1000, RandomStream.of(1, "boxes")))
        .isEqualTo(new PixelBox(0, 486, 20, 27));
    assertThat(RandomCrop.draw(1000, 20, RandomStream.of(1, "boxes")))
        .isEqualTo(new PixelBox(486, 0, 27, 20));
  }

  @Test
  void no_side_of_a_box_is_shorter_than_was_said_before_decoding() {
    RandomStream random = RandomStream.of(2, "boxes");
    for (int[] size : new int[][] {{375, 500}, {500, 60}, {30, 30}, {20, 1000}}) {
      double least = RandomCrop.leastSide(size[0], size[1]);
      for (int i = 0; i < 3000; i++) {
        PixelBox box = RandomCrop.draw(size[0], size[1], random);
        assertThat(Math.min(box.height(), box.width())).isGreaterThan((int) (least - 0.5) - 1);
      }
    }
  }

  @Test
  void a_draw_can_be_repeated_and_another_one_is_another_part() {
    Resizing crop = Resizing.randomCrop(8).withChannels(3).acceptingUpTo(1000);
    DecodedImage image = pattern(30, 40);
    Resizing drawn = crop.forTraining(RandomStream.of(1, "a"));

    assertThat(drawn.apply(image).pixels()).isEqualTo(drawn.apply(image).pixels());
    assertThat(drawn.apply(image).shape()).isEqualTo(new ImageShape(3, 8, 8));
    assertThat(drawn.mostPixels()).isEqualTo(1000);
    assertThat(crop.forTraining(RandomStream.of(1, "b")).apply(image).pixels())
        .isNotEqualTo(drawn.apply(image).pixels());
    assertThat(crop.apply(image).pixels())
        .isEqualTo(Resizing.centreCrop(8).withChannels(3).apply(image).pixels());
  }

  @Test
  void the_way_is_known_whatever_else_is_done_and_has_a_word() {
    for (ImageFit fit : ImageFit.values()) {
      assertThat(fit.to(8).withChannels(1).acceptingUpTo(1000).fit()).isEqualTo(fit);
      assertThat(fit.to(8).apply(pattern(9, 10)).shape()).isEqualTo(new ImageShape(1, 8, 8));
    }
    assertThat(ImageFit.values())
        .extracting(ImageFit::toString)
        .containsExactly("squash", "crop", "random-crop");
  }

  @Test
  void images_to_be_classified_are_never_cropped_at_random() {
    ImageShape shape = new ImageShape(3, 8, 8);
    DecodedImage image = pattern(9, 14);

    assertThat(ImageFit.SQUASH.to(shape).apply(image).pixels()).isEqualTo(image.as(shape).pixels());
    for (ImageFit fit : new ImageFit[] {ImageFit.CROP, ImageFit.RANDOM_CROP}) {
      Resizing resizing = fit.to(shape);
      assertThat(resizing.forTraining(RandomStream.of(1, "a")).apply(image).pixels())
          .isEqualTo(Resizing.centreCrop(8).apply(image).inColour().pixels());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fit.to(new ImageShape(3, 8, 9)))
          .withMessage("images of 3x8x9: cannot be cut out by " + fit + ", allowed: squares");
    }
  }

  @Test
  void sizes_out_of_range_are_refused() {
    for (ImageFit fit : ImageFit.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fit.to(0))
          .withMessage("image size: 0, allowed: 1..4096 pixels");
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static DecodedImage pattern(int height, int width) {
    byte[] pixels = new byte[height * width];
    for (int i = 0; i < pixels.length; i++) {
      int y = i / width;
      int x = i % width;
      pixels[i] = (byte) (37 * y + 53 * x + 11 * x * y);
    }
    return new DecodedImage(new ImageShape(1, height, width), pixels);
  }

  /** Pillow rounds between its two passes and computes with whole numbers: a level's difference. */
  private static void assertNear(DecodedImage image, int[]... rows) {
    int[] expected = Arrays.stream(rows).flatMapToInt(IntStream::of).toArray();
    assertThat(image.pixels()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(image.pixels()[i] & 0xff).as("pixel " + i).isCloseTo(expected[i], within(1));
    }
  }
}
