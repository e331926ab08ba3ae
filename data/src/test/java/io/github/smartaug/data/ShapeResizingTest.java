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
  void channels_are_changed_after_the_size() {
    DecodedImage grey = DecodedImage.of(new ImageShape(1, 1, 2), new byte[] {10, 20});
    DecodedImage colour = DecodedImage.of(new ImageShape(3, 1, 1), new byte[] {-1, 0, 0});

    assertThat(Resizing.toSquare(1).withChannels(3).apply(grey).pixels()).containsOnly(15);
    assertThat(Resizing.NONE.withChannels(3).apply(colour)).isSameAs(colour);
    assertThat(Resizing.NONE.withChannels(1).apply(colour).pixels()).containsExactly(76);
    assertThat(Resizing.toSquare(10).withChannels(1).reduction(40, 30)).isEqualTo(3);
    assertThat(Resizing.NONE.acceptingUpTo(9).withChannels(1).mostPixels()).isEqualTo(9);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resizing.NONE.withChannels(2))
        .withMessage("channels: 2, allowed: 1 or 3");
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
