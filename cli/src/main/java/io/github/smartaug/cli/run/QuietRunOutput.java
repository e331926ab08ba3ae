package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.Progress;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.RunResult;
import io.github.smartaug.train.TrainingListener;
import java.io.PrintStream;

/** One line, when all is done. */
final class QuietRunOutput implements RunOutput {
  private static final TrainingListener NOTHING = new TrainingListener() {};

  private final PrintStream out;

  QuietRunOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public TrainingListener header(RunHeader header) {
    return NOTHING;
  }

  @Override
  public TrainingListener header(RefitHeader header) {
    return NOTHING;
  }

  @Override
  public Progress progress() {
    return Progress.none();
  }

  @Override
  public void alreadyFinished(RunFolder folder, RunResult result) {
    out.println(RunSummary.line(folder, result));
  }
}
