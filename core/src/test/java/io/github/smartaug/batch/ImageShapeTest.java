package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageShapeTest {
  @Test
  void a_shape_reads_channels_height_width() {
    assertThat(new ImageShape(3, 32, 48)).hasToString("3x32x48");
  }

  @Test
  void a_size_of_zero_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(3, 0, 48))
        .withMessage("image shape: 3x0x48, allowed: sizes of at least 1");
  }

  @Test
  void a_shape_is_read_as_it_is_written() {
    ImageShape shape = new ImageShape(3, 32, 48);
    assertThat(ImageShape.parse(shape.toString())).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "32x32", "3x32x32x1", "3x-1x32", "3x32x99999999999"})
  void another_text_is_not_a_shape(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageShape.parse(text))
        .withMessage(
            "image shape \"" + text + "\", allowed: channels, height and width, such as 3x32x32");
  }
}
