package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class DecodedImageTest {
  @Test
  void a_colour_becomes_grey_by_its_brightness() {
    DecodedImage red = DecodedImage.of(TestData.filled(BufferedImage.TYPE_INT_RGB, 2, 1, 0xC80000));

    DecodedImage grey = red.as(new ImageShape(1, 1, 2));

    assertThat(grey.shape()).isEqualTo(new ImageShape(1, 1, 2));
    assertThat(grey.pixels()).containsExactly(60, 60);
  }

  @Test
  void grey_becomes_three_equal_channels_of_another_size() {
    DecodedImage grey = DecodedImage.of(TestData.grey(2, 1, 7));

    DecodedImage colour = grey.as(new ImageShape(3, 2, 2));

    assertThat(colour.shape()).isEqualTo(new ImageShape(3, 2, 2));
    assertThat(colour.pixels()).hasSize(12).containsOnly(7);
  }

  @Test
  void an_image_that_has_the_shape_stays_as_it_is() {
    DecodedImage grey = DecodedImage.of(TestData.grey(2, 1, 7));

    assertThat(grey.as(grey.shape())).isSameAs(grey);
  }
}
