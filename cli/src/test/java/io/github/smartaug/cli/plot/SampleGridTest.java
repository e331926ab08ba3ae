package io.github.smartaug.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.plot.SampleGrid.Cell;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SampleGridTest {
  @Test
  void images_are_enlarged_without_blur() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 5, 0x00ff00);
    Cell cell = new Cell(image, List.of("Rotate", "AVeryLongNameOfATransformThatDoesNotFit"));
    SampleGrid grid =
        SampleGrid.ofOriginals("title", List.of(List.of(cell, cell), List.of(cell, cell)));
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(grid.png()));
    int green = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        if ((picture.getRGB(x, y) & 0xffffff) == 0x00ff00) {
          green++;
        }
      }
    }
    assertThat(green).isEqualTo(4 * 4 * 4);
  }
}
