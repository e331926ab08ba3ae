package io.github.smartaug.run.report;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.metric.ConfusionMatrix;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Mistake;
import io.github.smartaug.nn.Computation;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.run.InputFiles;
import io.github.smartaug.run.LogEntry;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunData;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunJson;
import io.github.smartaug.run.RunModel;
import io.github.smartaug.run.RunOptimizer;
import io.github.smartaug.run.RunPlatform;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.run.TestMetrics;
import io.github.smartaug.train.GradientReport;
import io.github.smartaug.train.LearningFindings.Finding;
import io.github.smartaug.train.TransformReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Writes the files of a run that never was; for tests of the command line, too.
 *
 * @param epochs that have ended
 * @param epochsAsked for
 * @param classes of the images
 * @param transforms of the policy; 0: the run has none
 * @param finished whether there is a result
 */
public record MadeUpRun(
    int epochs, int epochsAsked, int classes, int transforms, boolean finished) {
  private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

  /** Writes them into a folder that is there. */
  public RunFolder write(Path folder) throws IOException {
    config(folder).write(folder.resolve("config.json"));
    String log = log().stream().map(RunJson::line).collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("log.jsonl"), log.isEmpty() ? "" : log + "\n");
    RunFolder written = RunFolder.ofRun(folder);
    if (finished) {
      Files.writeString(folder.resolve("result.json"), RunJson.document(result()));
      Path mistakes = written.file(RunFile.MISTAKES);
      Files.createDirectories(mistakes.getParent());
      ImageIO.write(
          new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", mistakes.toFile());
    }
    return written;
  }

  private RunConfig config(Path folder) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("dataset", "photos");
    options.put("epochs", epochsAsked);
    options.put("augment", transforms == 0 ? "none" : "learned");
    options.put("lr", null);
    options.put("out", folder.toString());
    return new RunConfig(
        "smartaug train --dataset photos",
        Instant.parse("2026-01-31T12:00:00Z"),
        options,
        new RunOptimizer("sgd", Map.of("learning_rate", 0.1)),
        new RunData(
            "photos",
            "images in </script><b>photos",
            SHAPE,
            ImageFit.SQUASH,
            classNames(),
            800,
            400,
            300,
            new Normalization(List.of(0.25), List.of(0.5)),
            Map.of("training", "ab", "test", "cd"),
            Optional.empty()),
        new RunModel(
            "lenet",
            SHAPE,
            classes,
            Optional.empty(),
            new Computation(Precision.FLOAT32, Optional.empty())),
        new RunPlatform("0.1", "2.10", "17", "Linux", 2, 1, 1, "cpu"),
        new InputFiles(Map.of()));
  }

  private List<String> classNames() {
    return IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  private List<LogEntry> log() {
    return IntStream.rangeClosed(1, epochs).mapToObj(this::entry).toList();
  }

  private LogEntry entry(int epoch) {
    return new LogEntry(
        epoch,
        2.0 / epoch,
        1.0 / epoch,
        1 - 0.5 / epoch,
        1 - 0.625 / epoch,
        IntStream.range(0, classes).mapToObj(c -> 0.5).toList(),
        4,
        0.5,
        0.5,
        1.5,
        1,
        0.5,
        100_000_000L + epoch,
        0.1,
        policy(epoch),
        1,
        0.9,
        0.5,
        0.125,
        0.15,
        0,
        0,
        transforms == 0 ? List.of() : List.of(new GradientReport("logits", "T0", 4, -1, 0.5, -2)),
        Map.of());
  }

  /** The first transform grows with the epochs; the last has no magnitude. */
  private List<TransformReport> policy(int epoch) {
    double first = 1.0 / transforms + (1 - 1.0 / transforms) * epoch / (2.0 * epochsAsked);
    return IntStream.range(0, transforms)
        .mapToObj(
            t ->
                new TransformReport(
                    "T" + t,
                    t == 0 ? first : (1 - first) / (transforms - 1),
                    t == transforms - 1 ? 1 : 0.25))
        .toList();
  }

  RunResult result() {
    LogEntry last = log().get(epochs - 1);
    return new RunResult(
        0.8125,
        last.testAccuracy(),
        0.9,
        Double.NaN,
        epochs,
        epochs,
        last.validationAccuracy(),
        last.validationAccuracy(),
        last.validationAccuracy(),
        new RunResult.Spread(4, 0),
        4.0 * epochs,
        0.5 * epochs,
        0.5 * epochs,
        1.5 * epochs,
        epochs,
        0.5 * epochs,
        123_456_789L,
        "cpu",
        431_080,
        Map.of(),
        transforms == 0
            ? List.of()
            : List.of(
                new Finding("logits", "T0", 5.5, 0.0004, 1.25, true),
                new Finding("magnitudes", "T1", -1.5, 0.75, -0.125, false)),
        List.of(),
        List.of(),
        null,
        TestMetrics.of(evaluation(), classNames()),
        log());
  }

  /** The images of a class are right, but for one of class 0 that is taken for class 1. */
  private Evaluation evaluation() {
    ConfusionMatrix confusion = new ConfusionMatrix(classes);
    for (int c = 0; c < classes; c++) {
      confusion.add(new long[] {c, c, c}, new long[] {c, c, c == 0 ? 1 % classes : c});
    }
    return new Evaluation(0.5, confusion, 1, 0.125, List.of(new Mistake(2, 0, 1 % classes, 0.75)));
  }
}
