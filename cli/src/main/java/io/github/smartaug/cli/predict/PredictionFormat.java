package io.github.smartaug.cli.predict;

import io.github.smartaug.run.Prediction;
import java.io.IOException;

/** How predictions are written, one after the other. */
sealed interface PredictionFormat permits CsvFormat, JsonFormat, TableFormat {
  /** Writes what comes before the first. */
  void begin(Appendable out) throws IOException;

  /** Writes the next. */
  void add(String image, Prediction prediction, Appendable out) throws IOException;

  /** Writes what comes after the last. */
  void end(Appendable out) throws IOException;
}
