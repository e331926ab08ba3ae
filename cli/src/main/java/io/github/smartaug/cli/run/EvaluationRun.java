package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.cli.console.MetricsTable;
import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.options.EvaluationOptions;
import io.github.smartaug.cli.options.OptionValues;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.SequentialBatches;
import io.github.smartaug.data.SplitFile;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.run.EvaluationResult;
import io.github.smartaug.run.RunConfig;
import io.github.smartaug.run.RunData;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.TestMetrics;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model of a finished run on a test set. */
public final class EvaluationRun {
  private static final List<RunFile> NEEDED = List.of(RunFile.MODEL, RunFile.RESULT);

  private final EvaluationOptions options;
  private final RunFolder folder;
  private final RunConfig config;
  private final TrainOptions training;

  /**
   * Reads what the run was.
   *
   * @throws IllegalArgumentException if the folder is not one of a finished run
   */
  public EvaluationRun(EvaluationOptions options) {
    options.check();
    this.options = options;
    this.folder = RunFolder.ofRun(options.run());
    NEEDED.forEach(folder::requireFile);
    this.config = folder.config();
    this.training = recorded();
  }

  private TrainOptions recorded() {
    Map<String, String> recorded = new LinkedHashMap<>(config.optionTexts());
    options.dataset().ifPresent(dataset -> recorded.put("dataset", dataset));
    if (options.skipsBad()) {
      recorded.put("skip-bad", "true");
    }
    options.maxPixels().ifPresent(pixels -> recorded.put("max-pixels", Long.toString(pixels)));
    String source = folder.file(RunFile.CONFIG).toString();
    OptionValues values = OptionValues.parse(recorded, source);
    values.checkRecorded(source);
    return values.options();
  }

  /**
   * Evaluates, prints a table, and writes it if that was asked for.
   *
   * @throws IllegalArgumentException if the data do not fit the model, or a file is damaged
   */
  public void execute(PrintWriter out) throws IOException {
    options.threads().ifPresent(TorchRuntime::setThreads);
    DatasetBundle data = data();
    try (TensorScope scope = TensorScope.open();
        TrainedClassifier classifier = TrainedClassifier.load(folder.path(), options.device())) {
      Optional<TestTimeAugmentation> augmentation = augmentation();
      BatchSource test =
          new SequentialBatches(data.test(), training.training().batchSize(data.training().size()));
      Evaluation clean = classifier.evaluate(test);
      requireFinite(clean, data);
      Optional<Evaluation> augmented =
          augmentation.map(copies -> classifier.evaluate(test, copies));
      augmented.ifPresent(evaluation -> requireFinite(evaluation, data));
      print(data, clean, augmented, out);
      write(data, clean, augmented);
    }
  }

  /** Weights that are finite may be damaged all the same, so that the model overflows. */
  private void requireFinite(Evaluation evaluation, DatasetBundle data) {
    if (!Double.isFinite(evaluation.loss())) {
      throw new IllegalArgumentException(
          "%s: the loss on %s is %s, allowed: weights and images with which it is finite"
              .formatted(folder.path(), data.name(), evaluation.loss()));
    }
  }

  private DatasetBundle data() {
    DatasetBundle all = LoadingProgress.load(training.data(), System.err);
    requireAlike(all);
    if (options.dataset().isPresent()) {
      return all;
    }
    Path split = folder.file(RunFile.SPLIT);
    // Runs of earlier versions wrote none.
    return Files.isRegularFile(split)
        ? SplitFile.select(split, all)
        : training.data().select(all, training.run().seed());
  }

  private void requireAlike(DatasetBundle data) {
    RunData trained = config.data();
    if (!data.shape().equals(trained.imageShape())) {
      throw new IllegalArgumentException(
          "--dataset: the images of %s are %s, allowed: %s, which the model was trained on"
              .formatted(data.name(), data.shape(), trained.imageShape()));
    }
    if (!data.classNames().equals(trained.classNames())) {
      throw new IllegalArgumentException(
          "--dataset: the classes of %s are %s, allowed: %s, which the model was trained on"
              .formatted(data.name(), data.classNames(), trained.classNames()));
    }
  }

  private Optional<TestTimeAugmentation> augmentation() {
    if (options.testTimeCopies() == 0) {
      return Optional.empty();
    }
    Augmenter augmenter = RunPolicy.of(folder, "a run with one");
    return Optional.of(
        new TestTimeAugmentation(augmenter, options.testTimeCopies(), training.run().seed()));
  }

  private void print(
      DatasetBundle data, Evaluation clean, Optional<Evaluation> augmented, PrintWriter out) {
    out.println(
        "%s of %s on %s: %d test images"
            .formatted(config.model().name(), folder.path(), data.name(), data.test().size()));
    data.notes().forEach(note -> out.println(OneLine.of(note)));
    MetricsTable.lines(clean, data.classNames()).forEach(out::println);
    augmented.ifPresent(
        evaluation -> {
          out.println();
          out.println("from " + options.testTimeCopies() + " augmented copies of each image");
          MetricsTable.lines(evaluation, data.classNames()).forEach(out::println);
        });
  }

  private void write(DatasetBundle data, Evaluation clean, Optional<Evaluation> augmented)
      throws IOException {
    if (options.out().isPresent()) {
      List<String> classes = data.classNames();
      new EvaluationResult(
              folder.path().toString(),
              data.name(),
              TestMetrics.of(clean, classes),
              options.testTimeCopies(),
              augmented.map(evaluation -> TestMetrics.of(evaluation, classes)))
          .write(options.out().get());
    }
  }
}
