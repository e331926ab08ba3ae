package io.github.smartaug.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import org.junit.jupiter.api.Test;

class ShapeResizingTest {
  @Test
  void an_image_takes_on_height_width_and_colours() {
    DecodedImage image = DecodedImage.of(new ImageShape(1, 2, 2), new byte[] {0, 10, 20, 30});
    ImageShape shape = new ImageShape(3, 1, 2);

    DecodedImage result = Resizing.to(shape).apply(image);

    assertThat(result.shape()).isEqualTo(shape);
    assertThat(result.pixels()).containsExactly(10, 20, 10, 20, 10, 20);
  }

  @Test
  void it_says_how_many_rows_and_columns_it_does_not_need() {
    Resizing resizing = Resizing.to(new ImageShape(3, 10, 40));

    assertThat(resizing.reduction(400, 300)).isEqualTo(10);
    assertThat(resizing.reduction(4000, 20)).isEqualTo(2);
  }

  @Test
  void other_channels_than_those_of_image_files_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resizing.to(new ImageShape(2, 4, 4)))
        .withMessage("image of shape 2x4x4, allowed: 1 or 3 channels");
  }
}
