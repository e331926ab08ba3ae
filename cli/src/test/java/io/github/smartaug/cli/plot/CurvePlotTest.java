package io.github.smartaug.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.EpochReports;
import io.github.smartaug.train.EpochReport;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CurvePlotTest {
  private static final List<EpochReport> EPOCHS =
      List.of(EpochReports.learned(1, 3), EpochReports.learned(2, 3), EpochReports.learned(3, 3));

  @Test
  void a_plot_is_a_picture_with_the_colours_of_its_curves() throws IOException {
    BufferedImage picture = picture(new RunPlots("a run", EPOCHS).losses());
    assertThat(picture.getWidth()).isEqualTo(1200);
    assertThat(picture.getHeight()).isEqualTo(700);
    assertThat(pixels(picture, 0x1f77b4)).isGreaterThan(500);
    assertThat(pixels(picture, 0xd62728)).isGreaterThan(500);
  }

  @Test
  void a_run_of_one_epoch_can_be_plotted() throws IOException {
    List<EpochReport> one = List.of(EpochReports.withoutPolicy(1, 1));
    assertThat(picture(new RunPlots("a run", one).accuracy()).getWidth()).isEqualTo(1200);
  }

  @Test
  @Timeout(60)
  void curves_that_differ_by_rounding_alone_are_drawn() throws IOException {
    List<Double> epochs = List.of(0.0, 1.0);
    CurvePlot plot =
        new CurvePlot(
            "a run",
            "%",
            "%.3f",
            List.of(
                new Curve("a", 0, epochs, List.of(5.555555555555555, 5.555555555555556)),
                new Curve("b", 1, epochs, List.of(5.555555555555556, 5.555555555555557))));
    assertThat(pixels(picture(plot), 0xd62728)).isGreaterThan(500);
  }

  @Test
  void transforms_start_at_epoch_0_and_come_in_the_order_in_which_they_end() {
    List<Curve> curves =
        new RunPlots("a run", EPOCHS).probabilities(EpochReports.learned(1, 1).policy()).curves();
    assertThat(curves).extracting(Curve::name).containsExactly("FlipLR", "Rotate");
    assertThat(curves.get(0).epochs()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(curves.get(0).values()).containsOnly(75.0);
  }

  @Test
  void a_transform_keeps_its_colour_in_the_plot_of_magnitudes_which_leaves_out_those_without() {
    RunPlots plots = new RunPlots("a run", EPOCHS);
    List<Curve> probabilities = plots.probabilities(EpochReports.learned(1, 1).policy()).curves();
    List<Curve> magnitudes =
        plots.magnitudes(EpochReports.learned(1, 1).policy(), Set.of("Rotate")).curves();
    assertThat(magnitudes).extracting(Curve::name).containsExactly("Rotate");
    assertThat(magnitudes.get(0).style()).isEqualTo(probabilities.get(1).style());
  }

  private static BufferedImage picture(CurvePlot plot) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(plot.png()));
  }

  private static long pixels(BufferedImage picture, int rgb) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if ((picture.getRGB(x, y) & 0xffffff) == rgb) {
          count++;
        }
      }
    }
    return count;
  }
}
