package io.github.smartaug.cli.predict;

import io.github.smartaug.run.Prediction;
import java.util.List;

/**
 * What came of some images.
 *
 * @param names of those that could be read
 * @param predictions one for each of these
 * @param bad why others could not be read, one line each
 */
record ClassifiedImages(List<String> names, List<Prediction> predictions, List<String> bad) {}
