package io.github.smartaug.cli.run;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.cli.console.MetricsTable;
import io.github.smartaug.cli.options.EvaluationOptions;
import io.github.smartaug.cli.options.ModelChoice;
import io.github.smartaug.cli.options.RecordedOptions;
import io.github.smartaug.cli.options.TrainOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.SequentialBatches;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.metric.Evaluation;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.Devices;
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
import org.bytedeco.pytorch.Device;

/** The model of a finished run on a test set. */
public final class EvaluationRun {
  private static final List<RunFile> NEEDED = List.of(RunFile.MODEL, RunFile.RESULT);

  private final EvaluationOptions options;
  private final Path folder;
  private final StoredConfig config;
  private final TrainOptions training;

  /**
   * Reads what the run was.
   *
   * @throws IllegalArgumentException if the folder is not one of a finished run
   */
  public EvaluationRun(EvaluationOptions options) {
    options.check();
    this.options = options;
    this.folder = options.run();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + ": no such folder, allowed: the folder of a run");
    }
    if (!Files.isRegularFile(file(RunFile.CONFIG))) {
      throw new IllegalArgumentException(
          folder + ": holds no run of SmartAug, " + RunFile.CONFIG.path() + " is missing");
    }
    NEEDED.forEach(this::requireFile);
    this.config = StoredConfig.read(file(RunFile.CONFIG));
    this.training = RecordedOptions.parse(recorded(), config.toString());
  }

  private Map<String, String> recorded() {
    Map<String, String> recorded = new LinkedHashMap<>(config.options());
    options.dataset().ifPresent(dataset -> recorded.put("dataset", dataset));
    return recorded;
  }

  private void requireFile(RunFile file) {
    if (!Files.isRegularFile(file(file))) {
      throw new IllegalArgumentException(
          folder + ": the run is incomplete, " + file.path() + " is missing");
    }
  }

  private Path file(RunFile file) {
    return folder.resolve(file.path());
  }

  /**
   * Evaluates, prints a table, and writes it if that was asked for.
   *
   * @throws IllegalArgumentException if the data do not fit the model, or a file is damaged
   */
  public void execute(PrintWriter out) throws IOException {
    options.threads().ifPresent(TorchRuntime::setThreads);
    try (TensorScope scope = TensorScope.open()) {
      DatasetBundle data = data();
      Device device = Devices.parse(options.device());
      Model model = model().create(data, device);
      StoredWeights weights = StoredWeights.read(file(RunFile.MODEL), model, device);
      Optional<TestTimeAugmentation> augmentation = augmentation();
      TrainingData batches = batches(data).on(device);
      Evaluator evaluator = new Evaluator(model, batches.normalization());
      Evaluation clean =
          evaluator.evaluate(weights.parameters(), weights.buffers(), batches.test());
      Optional<Evaluation> augmented =
          augmentation.map(
              tested ->
                  evaluator.evaluate(
                      weights.parameters(), weights.buffers(), batches.test(), tested));
      print(data, clean, augmented, out);
      write(data, clean, augmented);
    }
  }

  private ModelChoice model() {
    ModelChoice choice = training.data().model();
    if (choice.file().isPresent()) {
      requireFile(RunFile.ARCHITECTURE);
      ModelFile.of(file(RunFile.ARCHITECTURE)).requireUnchanged(config.modelHash());
    }
    return choice.readFrom(file(RunFile.ARCHITECTURE));
  }

  private DatasetBundle data() {
    DatasetBundle all = training.data().load();
    requireAlike(all);
    return options.dataset().isPresent() ? all : training.data().select(all, 0);
  }

  private void requireAlike(DatasetBundle data) {
    if (!data.shape().toString().equals(config.imageShape())) {
      throw new IllegalArgumentException(
          "--dataset: the images of %s are %s, allowed: %s, which the model was trained on"
              .formatted(data.name(), data.shape(), config.imageShape()));
    }
    if (!data.classNames().equals(config.classNames())) {
      throw new IllegalArgumentException(
          "--dataset: the classes of %s are %s, allowed: %s, which the model was trained on"
              .formatted(data.name(), data.classNames(), config.classNames()));
    }
  }

  private TrainingData batches(DatasetBundle data) {
    SequentialBatches test = new SequentialBatches(data.test(), training.training().batchSize());
    return new TrainingData(test, test, test, config.normalization());
  }

  private Optional<TestTimeAugmentation> augmentation() {
    if (options.testTimeCopies() == 0) {
      return Optional.empty();
    }
    Augmenter augmenter =
        Files.isRegularFile(file(RunFile.POLICY))
            ? PolicyFile.read(file(RunFile.POLICY)).policy()
            : withoutFile();
    return Optional.of(
        new TestTimeAugmentation(augmenter, options.testTimeCopies(), training.run().seed()));
  }

  private Augmenter withoutFile() {
    Augmenter augmenter = training.augmentation().createAugmenter(config.classNames().size());
    if (!augmenter.changesImages()) {
      throw new IllegalArgumentException(
          "--test-time-augmentation: "
              + folder
              + " was trained without augmentation, allowed: a run with one");
    }
    if (Policies.isLearned(augmenter)) {
      requireFile(RunFile.POLICY);
    }
    return augmenter;
  }

  private void print(
      DatasetBundle data, Evaluation clean, Optional<Evaluation> augmented, PrintWriter out) {
    out.println(
        "%s of %s on %s: %d test images"
            .formatted(training.data().model().text(), folder, data.name(), data.test().size()));
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
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("run", folder.toString());
      content.put("dataset", data.name());
      content.put("test", TestMetrics.of(clean, data.classNames()));
      content.put("copies", options.testTimeCopies());
      content.put(
          "test_augmented",
          augmented.map(evaluation -> TestMetrics.of(evaluation, data.classNames())).orElse(null));
      AtomicFile.write(options.out().get(), Json.document(content));
    }
  }
}
