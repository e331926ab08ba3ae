package io.github.smartaug.cli.predict;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.cli.console.Durations;
import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.images.PolicyChannels;
import io.github.smartaug.cli.images.SkippedFiles;
import io.github.smartaug.cli.options.PredictOptions;
import io.github.smartaug.cli.run.RunPolicy;
import io.github.smartaug.file.AtomicFile;
import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.TrainedClassifier;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The model of a run on images. */
public final class PredictJob {
  private final PredictOptions options;

  /**
   * Work that has not begun.
   *
   * @param options that were checked
   */
  public PredictJob(PredictOptions options) {
    this.options = options;
  }

  /**
   * Classifies all images, and writes what comes of them in their order; needs memory for a few of
   * them. A policy and an array are in the current scope.
   *
   * @param out for the predictions, and for a summary if they go into a file
   * @param err for progress, and for files that cannot be used
   * @throws IllegalArgumentException if the run, the policy or the input is wrong
   */
  public void execute(PrintStream out, PrintStream err) throws IOException {
    try (TrainedClassifier classifier = TrainedClassifier.load(options.run(), options.device())) {
      List<String> classes = classifier.classNames();
      int top = options.top(classes.size());
      Optional<TestTimeAugmentation> augmentation = augmentation(classifier);
      ImageSource source = ImageSource.of(options, classifier);
      PredictionRun run =
          new PredictionRun(
              options,
              new BatchClassifier(classifier, augmentation, source, options.run()),
              source,
              format(classes, source, top));
      if (options.out().isPresent()) {
        intoFile(run, options.out().get(), out, err);
      } else {
        print(run, out, err);
      }
    }
  }

  private Optional<TestTimeAugmentation> augmentation(TrainedClassifier classifier) {
    if (options.testTimeCopies() == 0) {
      return Optional.empty();
    }
    Augmenter augmenter =
        options.policy().isPresent()
            ? policy(options.policy().get(), classifier.input().channels())
            : RunPolicy.of(RunFolder.ofRun(options.run()), "a run with one, or --policy");
    return Optional.of(
        new TestTimeAugmentation(augmenter, options.testTimeCopies(), options.seed()));
  }

  private static LearnablePolicy policy(Path file, int channels) {
    LearnablePolicy policy = PolicyFile.read(file).policy();
    try {
      PolicyChannels.require(policy, channels);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return policy;
  }

  private PredictionFormat format(List<String> classes, ImageSource source, int top) {
    if (options.asJson()) {
      return new JsonFormat(classes);
    }
    return options.asCsv()
        ? new CsvFormat(classes)
        : new TableFormat(classes, source.longestName(), top);
  }

  private void intoFile(PredictionRun run, Path file, PrintStream out, PrintStream err)
      throws IOException {
    long started = System.nanoTime();
    ItemProgress progress = ItemProgress.on(err, err, "images", run.images());
    SkippedFiles skipped = new SkippedFiles(options.input(), progress::complain);
    try (progress) {
      AtomicFile.write(
          file,
          bytes -> {
            Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
            run.write(writer, () -> {}, progress, skipped);
            writer.flush();
          });
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%d of %d images classified, written to %s in %s",
            run.used(),
            run.images(),
            file,
            Durations.text((System.nanoTime() - started) / 1e9)));
    requireAll(skipped);
  }

  private void print(PredictionRun run, PrintStream out, PrintStream err) throws IOException {
    // Files for programs are UTF-8, a table is in the character set of the terminal.
    PrintStream target =
        options.asJson() || options.asCsv()
            ? new PrintStream(out, false, StandardCharsets.UTF_8)
            : out;
    try (ItemProgress progress = ItemProgress.lines(err, "images", run.images())) {
      SkippedFiles skipped = new SkippedFiles(options.input(), progress::complain);
      run.write(target, () -> requireWritten(target), progress, skipped);
      requireAll(skipped);
    }
  }

  /** A full disk, or a reader that has gone. */
  private static void requireWritten(PrintStream stream) throws IOException {
    if (stream.checkError()) {
      throw new IOException("standard output: cannot be written");
    }
  }

  private void requireAll(SkippedFiles skipped) {
    if (!options.skipsBad()) {
      skipped.requireNone();
    }
  }
}
