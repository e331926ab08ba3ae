package io.github.smartaug.cli.preview;

import io.github.smartaug.cli.console.ValueText;
import io.github.smartaug.cli.plot.ContactSheet;
import io.github.smartaug.cli.plot.ContactSheet.Row;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.ValueCoefficients;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The transforms of a policy, the likeliest first, each over the values that it draws. */
record PolicySheet(PolicyContent policy, String name, PreviewImage image, int columns) {
  ContactSheet sheet() {
    TransformPictures pictures = new TransformPictures(image.image());
    double[] probabilities = policy.probabilities();
    double[] magnitudes = policy.magnitudes();
    List<Row> rows = new ArrayList<>();
    rows.add(pictures.original());
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(t -> -probabilities[t]))
        .forEach(t -> rows.add(row(pictures, t, probabilities[t], magnitudes[t])));
    return new ContactSheet(
        name + ": what the policy does, the likeliest transforms first",
        "An image gets "
            + policy.length()
            + (policy.length() == 1 ? " of them" : " of them in turn")
            + ", each of a strength anywhere in its row; shown on "
            + image.description()
            + ".",
        IntStream.range(0, columns)
            .mapToObj(i -> (i == 0 ? "draw " : "") + ValueText.head(draw(i)))
            .toList(),
        rows);
  }

  private Row row(TransformPictures pictures, int index, double probability, double magnitude) {
    NamedTransform named = policy.transforms().transforms().get(index);
    ValueCoefficients coefficients = pictures.coefficients(named);
    double[] values =
        IntStream.range(0, columns)
            .mapToDouble(i -> coefficients.value(magnitude, draw(i)))
            .toArray();
    List<String> notes = new ArrayList<>();
    notes.add(String.format(Locale.ROOT, "probability %.1f %%", 100 * probability));
    if (named.transform().usesValue()) {
      notes.add("magnitude " + ValueText.number(magnitude));
      notes.add(ValueText.range(named, coefficients, magnitude));
      Stream.of(ValueText.relation(named, magnitude))
          .filter(note -> !note.isEmpty())
          .forEach(notes::add);
    }
    return new Row(named.name(), notes, pictures.pictures(named.transform(), values, ownSeeds()));
  }

  private long[] ownSeeds() {
    RandomStream random = RandomStream.of(0, "preview");
    return LongStream.generate(random::nextLong).limit(columns).toArray();
  }

  private double draw(int column) {
    return column / (columns - 1.0);
  }
}
