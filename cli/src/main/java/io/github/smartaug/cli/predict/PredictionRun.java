package io.github.smartaug.cli.predict;

import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.images.ParallelWork;
import io.github.smartaug.cli.images.SkippedFiles;
import io.github.smartaug.cli.options.PredictOptions;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Classifies all images of a source and writes what comes of them, in their order. */
final class PredictionRun {
  private final PredictOptions options;
  private final BatchClassifier classifier;
  private final ImageSource source;
  private final PredictionFormat format;
  private int used;
  private int done;

  PredictionRun(
      PredictOptions options,
      BatchClassifier classifier,
      ImageSource source,
      PredictionFormat format) {
    this.options = options;
    this.classifier = classifier;
    this.source = source;
    this.format = format;
  }

  /** Something that may find that what was written is lost. */
  @FunctionalInterface
  interface WriteCheck {
    void run() throws IOException;
  }

  /** Number of images that there are. */
  int images() {
    return source.size();
  }

  /** Number of images that were classified. */
  int used() {
    return used;
  }

  /**
   * Does the work. Nothing is written before the first image is classified.
   *
   * @param check is called when some predictions are written
   * @throws IllegalArgumentException if the single image of the source cannot be read
   */
  void write(Appendable out, WriteCheck check, ItemProgress progress, SkippedFiles skipped)
      throws IOException {
    source.hidden().forEach(skipped::leaveOut);
    source.bad().forEach(skipped::add);
    List<Integer> batches =
        IntStream.iterate(0, first -> first < images(), first -> first + BatchClassifier.SIZE)
            .boxed()
            .toList();
    boolean intoFile = options.out().isPresent();
    new ParallelWork<Integer, ClassifiedImages>(
            classifier::classify,
            options.threads(),
            intoFile ? "nothing is written" : "what is printed stays",
            "run it again")
        .process(
            batches,
            batch -> {
              add(batch, out, skipped);
              check.run();
              progress.done(done);
            });
    skipped.requireUsed(used);
    format.end(out);
    check.run();
  }

  private void add(ClassifiedImages batch, Appendable out, SkippedFiles skipped)
      throws IOException {
    batch.bad().forEach(skipped::add);
    for (int i = 0; i < batch.names().size(); i++) {
      if (used == 0) {
        format.begin(out);
      }
      format.add(batch.names().get(i), batch.predictions().get(i), out);
      used++;
    }
    done += batch.names().size() + batch.bad().size();
  }
}
