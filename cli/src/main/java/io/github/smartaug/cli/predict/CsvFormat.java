package io.github.smartaug.cli.predict;

import io.github.smartaug.input.CsvRecords;
import io.github.smartaug.run.Prediction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CSV with a line of headings; fields with commas, quotes or line breaks are quoted as in RFC 4180.
 *
 * @param classNames of the columns after the first three
 */
record CsvFormat(List<String> classNames) implements PredictionFormat {
  @Override
  public void begin(Appendable out) throws IOException {
    List<String> heads = new ArrayList<>(List.of("image", "class", "probability"));
    heads.addAll(classNames);
    out.append(line(heads));
  }

  @Override
  public void add(String image, Prediction prediction, Appendable out) throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(image);
    fields.add(prediction.className());
    fields.add(Double.toString(prediction.probability()));
    Arrays.stream(prediction.probabilities()).mapToObj(Double::toString).forEach(fields::add);
    out.append(line(fields));
  }

  @Override
  public void end(Appendable out) {
    // The last line is complete.
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvRecords::field).collect(Collectors.joining(",")) + "\n";
  }
}
