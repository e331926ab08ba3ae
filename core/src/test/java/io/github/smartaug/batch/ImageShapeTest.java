package io.github.smartaug.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

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
}
