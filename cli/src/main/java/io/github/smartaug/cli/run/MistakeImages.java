package io.github.smartaug.cli.run;

import io.github.smartaug.cli.plot.SampleGrid;
import io.github.smartaug.cli.plot.SampleGrid.Cell;
import io.github.smartaug.data.DecodedImage;
import io.github.smartaug.data.ImageDataset;
import io.github.smartaug.run.TestMetrics.MistakeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The images of which a model was surest, and wrong. */
final class MistakeImages {
  private static final int COLUMNS = 8;

  private MistakeImages() {}

  /**
   * The surest first, each with what it was taken for and what it is.
   *
   * @param mistakes at least one
   */
  static SampleGrid grid(String title, List<MistakeEntry> mistakes, ImageDataset images) {
    List<List<Cell>> rows = new ArrayList<>();
    for (int from = 0; from < mistakes.size(); from += COLUMNS) {
      rows.add(
          mistakes.subList(from, Math.min(from + COLUMNS, mistakes.size())).stream()
              .map(mistake -> cell(mistake, images))
              .toList());
    }
    return SampleGrid.ofAlike(title, rows);
  }

  private static Cell cell(MistakeEntry mistake, ImageDataset images) {
    DecodedImage image = DecodedImage.of(images, Math.toIntExact(mistake.image()));
    return new Cell(
        image.inColour().toBufferedImage(),
        List.of(
            mistake.predicted()
                + String.format(Locale.ROOT, " %.0f %%", 100 * mistake.probability()),
            "is " + mistake.label()));
  }
}
