package io.github.smartaug.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.plot.ContactSheet;
import io.github.smartaug.cli.plot.ContactSheet.Picture;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.MagnitudeRange.Unit;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.Transforms;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicySheetTest {
  private static final TransformSet SET =
      new TransformSet(
          "test",
          List.of(
              new NamedTransform("Flip", Transforms.named("flip-x"), MagnitudeRange.NONE),
              new NamedTransform("Turn", Transforms.named("rotate"), MagnitudeRange.symmetric(90)),
              new NamedTransform(
                  "Move",
                  Transforms.named("translate-x"),
                  MagnitudeRange.symmetric(0.5).in(Unit.WIDTH))));

  @Test
  void transforms_come_by_probability_with_the_values_that_they_draw() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyContent policy =
          new PolicyContent(SET, new double[] {0.25, 0.7, 0.05}, new double[] {1, 0.5, 0.5}, 2);
      DecodedImage image = DecodedImage.of(Datasets.load("fashion-mnist-mini").training(), 0);

      ContactSheet sheet =
          new PolicySheet(policy, "p.json", new PreviewImage(image, "an image"), 3).sheet();

      assertThat(sheet.rows())
          .extracting(Row::name)
          .containsExactly("original", "Turn", "Flip", "Move");
      Row turn = sheet.rows().get(1);
      assertThat(turn.notes()).containsExactly("probability 70.0 %", "magnitude 0.5", "±45°");
      assertThat(turn.pictures()).extracting(Picture::caption).containsExactly("-45°", "0°", "45°");
      assertThat(sheet.rows().get(2).notes()).containsExactly("probability 25.0 %");
      assertThat(sheet.rows().get(3).notes())
          .containsExactly("probability 5.0 %", "magnitude 0.5", "±7 px", "±25 % of the width");
    }
  }
}
