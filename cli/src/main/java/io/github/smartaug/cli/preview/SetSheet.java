package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.console.ValueText;
import io.github.smartaug.cli.plot.ContactSheet;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.ValueCoefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The transforms of a set, each from the weakest to the strongest. */
record SetSheet(TransformSet set, PreviewImage image, int columns) {
  ContactSheet sheet() {
    TransformPictures pictures = new TransformPictures(image.image());
    List<Row> rows = new ArrayList<>();
    rows.add(pictures.original());
    set.transforms().forEach(named -> rows.add(row(pictures, named)));
    return new ContactSheet(
        set.name() + ": what its " + set.size() + " transforms do, from weakest to strongest",
        "The strongest values that magnitudes from 0 to 1 allow, of two directions the upward one; shown on "
            + image.description()
            + ".",
        IntStream.range(0, columns)
            .mapToObj(i -> (i == 0 ? "magnitude " : "") + ValueText.head(magnitude(i)))
            .toList(),
        rows);
  }

  private Row row(TransformPictures pictures, NamedTransform named) {
    ValueCoefficients coefficients = pictures.coefficients(named);
    double draw = strongestDraw(coefficients);
    double[] values =
        IntStream.range(0, columns)
            .mapToDouble(i -> coefficients.value(magnitude(i), draw))
            .toArray();
    List<String> notes =
        named.transform().usesValue()
            ? Stream.of(ValueText.range(named, coefficients, 1), ValueText.relation(named, 1))
                .filter(note -> !note.isEmpty())
                .toList()
            : List.of();
    return new Row(named.name(), notes, pictures.pictures(named.transform(), values, sameSeeds()));
  }

  /** The same hole or noise in all columns, so that only the strength differs. */
  private long[] sameSeeds() {
    return new long[columns];
  }

  private double magnitude(int column) {
    return column / (columns - 1.0);
  }

  /** The draw at which the value moves farthest as the magnitude grows; of two the larger. */
  static double strongestDraw(ValueCoefficients coefficients) {
    return way(coefficients, 1) >= way(coefficients, 0) ? 1 : 0;
  }

  private static double way(ValueCoefficients coefficients, double draw) {
    return Math.abs(coefficients.value(1, draw) - coefficients.value(0, draw));
  }
}
