package io.github.smartaug.run;

import io.github.smartaug.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file that {@code smartaug evaluate --out} writes.
 *
 * @param run folder of the run
 * @param dataset name of the images
 * @param test metrics on images as they are
 * @param copies augmented copies of each image, 0 without
 * @param testAugmented metrics of predictions from these
 */
public record EvaluationResult(
    String run, String dataset, TestMetrics test, int copies, Optional<TestMetrics> testAugmented) {
  /**
   * Writes the file.
   *
   * @throws IOException if writing fails; an earlier file is as it was then
   */
  public void write(Path file) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("run", run);
    content.put("dataset", dataset);
    content.put("test", test);
    content.put("copies", copies);
    content.put("test_augmented", testAugmented.orElse(null));
    AtomicFile.write(file, RunJson.document(content));
  }
}
