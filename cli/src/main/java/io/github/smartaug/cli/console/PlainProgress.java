package io.github.smartaug.cli.console;

import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.TrainingPlan;
import java.io.PrintStream;

/** A line after every epoch: for files and pipes. */
final class PlainProgress implements Progress {
  private final PrintStream out;
  private TimeLeft timeLeft;

  PlainProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public void trainingStarted(TrainingPlan plan) {
    timeLeft = TimeLeft.of(plan);
  }

  @Override
  public void epochFinished(EpochReport report) {
    timeLeft.epochFinished(report.seconds());
    out.println(EpochLine.of(report, timeLeft.afterEpoch()));
  }

  @Override
  public void close() {
    // Nothing is left on the screen.
  }
}
