package io.github.smartaug.cli.predict;

import io.github.smartaug.run.Prediction;
import io.github.smartaug.run.RunJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON array with an object for each image, one a line. */
final class JsonFormat implements PredictionFormat {
  private final List<String> classNames;
  private boolean first = true;

  JsonFormat(List<String> classNames) {
    this.classNames = classNames;
  }

  @Override
  public void begin(Appendable out) throws IOException {
    out.append("[");
  }

  @Override
  public void add(String image, Prediction prediction, Appendable out) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", image);
    object.put("class", prediction.className());
    object.put("probability", prediction.probability());
    object.put("probabilities", byClass(prediction.probabilities()));
    out.append(first ? "\n  " : ",\n  ").append(RunJson.line(object));
    first = false;
  }

  private Map<String, Double> byClass(double[] probabilities) {
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      byClass.put(classNames.get(i), probabilities[i]);
    }
    return byClass;
  }

  @Override
  public void end(Appendable out) throws IOException {
    out.append("\n]\n");
  }
}
