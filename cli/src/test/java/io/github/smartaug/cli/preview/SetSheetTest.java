package io.github.smartaug.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.transform.MagnitudeRange;
import org.junit.jupiter.api.Test;

class SetSheetTest {
  @Test
  void the_strongest_draw_is_at_the_end_that_the_magnitude_moves() {
    assertThat(SetSheet.strongestDraw(MagnitudeRange.symmetric(3).coefficients(1, 1))).isEqualTo(1);
    assertThat(SetSheet.strongestDraw(MagnitudeRange.direct(1, 2).coefficients(1, 1))).isEqualTo(1);
    assertThat(SetSheet.strongestDraw(MagnitudeRange.inverse(1, 2).coefficients(1, 1)))
        .isEqualTo(0);
  }
}
