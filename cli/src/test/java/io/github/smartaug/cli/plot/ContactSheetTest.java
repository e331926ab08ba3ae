package io.github.smartaug.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.plot.ContactSheet.Picture;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSheetTest {
  private static final int MARGIN = 20;
  private static final int GREEN = 0x00ff00;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 20})
  void pictures_take_the_whole_width_however_long_the_texts_are(int columns) {
    String text = "many words above the pictures ".repeat(12) + "and_one_without_end".repeat(30);
    BufferedImage sheet = sheet(columns, text);

    assertThat(greenColumns(sheet).max().orElseThrow()).isEqualTo(sheet.getWidth() - MARGIN - 1);
    assertThat(inkedColumns(sheet).max().orElseThrow()).isLessThan(sheet.getWidth() - MARGIN + 2);
    assertThat(sheet.getHeight()).isGreaterThan(sheet(columns, "short").getHeight());
  }

  private static BufferedImage sheet(int columns, String text) {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 32 * 32).forEach(i -> image.setRGB(i % 32, i / 32, GREEN));
    List<Picture> pictures = Collections.nCopies(columns, new Picture(image, "1"));
    return new ContactSheet(
            text,
            text,
            Collections.nCopies(columns, "0"),
            List.of(new Row("row", List.of(), pictures)))
        .draw();
  }

  private static IntStream greenColumns(BufferedImage sheet) {
    return columns(sheet, GREEN, true);
  }

  private static IntStream inkedColumns(BufferedImage sheet) {
    return columns(sheet, 0xffffff, false);
  }

  /** The columns with a pixel of a colour, or of another. */
  private static IntStream columns(BufferedImage sheet, int colour, boolean equal) {
    return IntStream.range(0, sheet.getWidth())
        .filter(
            x ->
                IntStream.range(0, sheet.getHeight())
                    .anyMatch(y -> ((sheet.getRGB(x, y) & 0xffffff) == colour) == equal));
  }
}
